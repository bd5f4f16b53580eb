// A page's translator replaces text nodes with elements of its own. React then fails when it removes such a node or inserts something
// before it, and cannot update it. Text that is the only child of an element is safe, because React then sets the element's content as
// a whole.

/** Text beside other children must be in an element of its own if it can change, be removed, or have something inserted before it. */
export const textInElement = {
  meta: {
    type: 'problem',
    schema: [],
    messages: {
      changing: 'This can be text beside other content. Put it in an element of its own, or all of the text into one template.',
      fragment: 'Text in a fragment is removed with it. Use an element instead of the fragment.',
      sameElement: 'Another branch has the same element here, so React edits this text in place. Give each of the two a `key`.',
      afterChanging: 'Something can be inserted before this text. Put the text in an element.',
    },
  },
  create(context) {
    const { parserServices: services } = context.sourceCode;
    const checker = services.program.getTypeChecker();

    const isSpace = (child) => child.type === 'JSXText' && child.value.trim() === '';
    const isConstantText = ({ type, expression }) => type === 'JSXExpressionContainer' && expression.type === 'Literal';
    const isChanging = (child) => child.type === 'JSXExpressionContainer' && !/^(Literal|JSXEmptyExpression)$/.test(child.expression.type);
    // `ReactNode` and what it includes are for elements. A component that shows text beside them wraps its children.
    const canBeText = ({ expression }) => {
      const type = services.getTypeAtLocation(expression);
      const parts = type.isUnion() ? type.types : [type];
      const isNode = parts.some((part) => checker.typeToString(part).includes('Iterable<'));
      return (
        !isNode &&
        parts.some(
          (part) => /^(string|number|".*"|`.*`|-?[\d.]+)$/s.test(checker.typeToString(part)) && checker.typeToString(part) !== '""',
        )
      );
    };

    function check({ type, children }) {
      const shown = children.filter(
        (child) => !isSpace(child) && !(child.type === 'JSXExpressionContainer' && child.expression.type === 'JSXEmptyExpression'),
      );
      for (const [i, child] of shown.entries()) {
        const isText = child.type === 'JSXText' || isConstantText(child);
        const before = shown.slice(0, i).findLast((other) => !isConstantText(other));
        if (isText && type === 'JSXFragment') {
          context.report({ node: child, messageId: 'fragment' });
        } else if (shown.length > 1 && isChanging(child) && canBeText(child)) {
          context.report({ node: child, messageId: 'changing' });
        } else if (child.type === 'JSXText' && before && isChanging(before)) {
          context.report({ node: child, messageId: 'afterChanging' });
        }
      }
    }

    // Elements that can stand in each other's place must not share a type, or React compares their texts one by one.
    const hasKey = ({ openingElement }) => openingElement.attributes.some((attribute) => attribute.name?.name === 'key');
    const isMixed = ({ children }) =>
      children.some((child) => child.type === 'JSXText' && !isSpace(child)) && children.some((child) => child.type === 'JSXElement');
    const branches = (node) => {
      switch (node?.type) {
        case 'ConditionalExpression':
          return [...branches(node.consequent), ...branches(node.alternate)];
        case 'LogicalExpression':
          return branches(node.right);
        case 'JSXFragment':
          return node.children.flatMap((child) => branches(child.type === 'JSXExpressionContainer' ? child.expression : child));
        default:
          return node?.type === 'JSXElement' ? [node] : [];
      }
    };
    function checkBranches(elements) {
      const name = (element) => context.sourceCode.getText(element.openingElement.name);
      for (const element of elements) {
        if (isMixed(element) && !hasKey(element) && elements.some((other) => other !== element && name(other) === name(element))) {
          context.report({ node: element.openingElement, messageId: 'sameElement' });
        }
      }
    }

    const returned = [];
    return {
      JSXElement: check,
      JSXFragment: check,
      JSXExpressionContainer: ({ expression }) => checkBranches(branches(expression)),
      ':function': () => returned.push([]),
      ReturnStatement: ({ argument }) => returned.at(-1)?.push(...branches(argument)),
      ':function:exit': () => checkBranches(returned.pop()),
    };
  },
};
