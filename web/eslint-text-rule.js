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

// What elements, components and toasts show or tell.
const read = new Set(
  'aria-description aria-label aria-valuetext action alt cancel confirm description detail error hint intro label legend none placeholder text title'.split(
    ' ',
  ),
);
const unread = new Set(['className', 'd', 'key', 'pattern', 'rel', 'style']);
const hasWords = /\p{L}/u;
const looksRead = /^\P{L}*\p{Lu}(\p{Ll}|$)|\p{L}\s+\p{L}/u;
const isSentence = /^\P{L}*\p{Lu}\p{L}*[\s,:]+\S|(\p{L}+\s+){2}\p{L}/u;

/** Words that a member reads or hears are in the catalogue, where each language has its own. Errors for developers are not. */
export const textInCatalogue = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { words: 'A member reads this. Put it into the catalogue, src/texts/en*.ts, as a whole sentence.' },
  },
  create(context) {
    /** What makes a literal a text of the page, where it stands; undefined if nothing does. */
    function patternFor(node) {
      const { parent } = node;
      const name = parent.name?.name ?? parent.key?.name ?? parent.left?.name;
      switch (parent.type) {
        case 'ConditionalExpression':
          return node === parent.test ? undefined : patternFor(parent);
        case 'LogicalExpression':
        case 'TSAsExpression':
          return patternFor(parent);
        case 'TemplateLiteral':
          // Checked as a whole.
          return undefined;
        case 'JSXExpressionContainer':
          return parent.parent.type === 'JSXAttribute' ? patternFor(parent) : hasWords;
        case 'JSXAttribute':
          return read.has(name) ? hasWords : unread.has(name) ? undefined : looksRead;
        case 'AssignmentPattern':
        case 'Property':
          return node === parent.key ? undefined : read.has(name) || name === 'name' ? looksRead : isSentence;
        case 'CallExpression':
        case 'NewExpression':
          if (parent.callee.type === 'Super' || /Error$/.test(parent.callee.name)) {
            return undefined;
          }

          return parent.callee.name === 'useTitle' || parent.callee.object?.name === 'toasts' ? hasWords : isSentence;
        case 'ImportDeclaration':
        case 'TSLiteralType':
          return undefined;
        default:
          return isSentence;
      }
    }

    function check(node, words) {
      if (patternFor(node)?.test(words) && !/^https?:/.test(words)) {
        context.report({ node, messageId: 'words' });
      }
    }

    return {
      JSXText: (node) => hasWords.test(node.value) && context.report({ node, messageId: 'words' }),
      Literal: (node) => typeof node.value === 'string' && check(node, node.value),
      TemplateLiteral: (node) => check(node, node.quasis.map(({ value }) => value.cooked).join(' ')),
    };
  },
};
