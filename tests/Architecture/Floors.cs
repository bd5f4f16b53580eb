using System.Collections.Frozen;
using System.Reflection;
using System.Reflection.Emit;

namespace Connections.Tests.Architecture;

/// <summary>One folder uses another: <paramref name="Uses"/> has each type that does, and the type it uses.</summary>
internal sealed record Arrow(string From, string To, IReadOnlyList<string> Uses)
{
    public override string ToString() => $"{From} -> {To}: {string.Join(", ", Uses)}";
}

/// <summary>Which folders of an assembly use which, read from its compiled code: signatures, attributes, fields and method
/// bodies.</summary>
/// <remarks>
/// A folder is the first part of a namespace below the root namespace. The root itself is <see cref="Root"/>, except the types that put the
/// parts together, which are <see cref="Composition"/>. Constants, <c>nameof</c> and documentation comments leave no trace in compiled
/// code, so the reader does not see arrows that only they make.
/// </remarks>
internal static class Floors
{
    public const string Root = "(root)";
    public const string Composition = "(composition)";

    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly FrozenDictionary<short, OpCode> OpCodesByValue =
        typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToFrozenDictionary(code => code.Value);

    /// <summary>The arrows between different folders of an assembly, in the order of their names.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="rootNamespace">The namespace of its root folder.</param>
    /// <param name="composition">The names of the types of the root folder that put the parts together.</param>
    public static IReadOnlyList<Arrow> Of(Assembly assembly, string rootNamespace, params string[] composition) =>
        [.. from type in assembly.GetTypes()
            from used in UsedBy(type).SelectMany(Parts).Where(part => part.Assembly == assembly)
            let @from = Folder(type, rootNamespace, composition)
            let to = Folder(used, rootNamespace, composition)
            where @from is not null && to is not null && @from != to
            group $"{Outermost(type).Name} uses {Outermost(used).Name}" by (@from, to) into uses
            orderby uses.Key.@from, uses.Key.to
            select new Arrow(uses.Key.@from, uses.Key.to, [.. uses.Distinct().Order(StringComparer.Ordinal)])];

    /// <summary>Reads a table of allowed arrows: a line for each folder, <c>Folder: the folders it may use</c>.</summary>
    public static IReadOnlyDictionary<string, string[]> Table(string lines) =>
        lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(':', 2))
        .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>What differs between the table and the code: arrows that it does not allow, and those it allows that do not
    /// exist.</summary>
    public static IReadOnlyList<string> Differences(IReadOnlyList<Arrow> arrows, IReadOnlyDictionary<string, string[]> allowed) =>
        [.. arrows.Where(arrow => !allowed.GetValueOrDefault(arrow.From, []).Contains(arrow.To)).Select(arrow => $"not allowed: {arrow}"),
            .. from row in allowed
               from to in row.Value
               where !arrows.Any(arrow => arrow.From == row.Key && arrow.To == to)
               select $"allowed, but not there: {row.Key} -> {to}"];

    /// <summary>The folders that are on a cycle, or above one; empty when every arrow leads down.</summary>
    public static IReadOnlyList<string> OnCycles(IEnumerable<(string From, string To)> arrows)
    {
        var left = arrows.ToList();
        while (left.RemoveAll(arrow => !left.Any(other => other.From == arrow.To)) > 0)
        {
        }

        return [.. left.Select(arrow => arrow.From).Distinct().Order(StringComparer.Ordinal)];
    }

    private static string? Folder(Type type, string rootNamespace, string[] composition)
    {
        var outermost = Outermost(type);
        var name = outermost.Namespace;
        return name == rootNamespace ? composition.Contains(outermost.Name) ? Composition : Root
            : name?.StartsWith(rootNamespace + '.', StringComparison.Ordinal) == true ? name[(rootNamespace.Length + 1)..].Split('.')[0]
            : null;
    }

    // Lambdas, iterators and async methods are types nested in the type whose code they are.
    private static Type Outermost(Type type)
    {
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type;
    }

    private static IEnumerable<Type> Parts(Type type) =>
        type.HasElementType ? Parts(type.GetElementType()!)
        : type.IsGenericParameter ? []
        : type.IsConstructedGenericType ? [type.GetGenericTypeDefinition(), .. type.GetGenericArguments().SelectMany(Parts)]
        : [type];

    private static IEnumerable<Type> UsedBy(Type type) =>
        [.. type.GetInterfaces().Append(type.BaseType ?? typeof(object)),
            .. type.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()),
            .. type.GetMembers(All).Append(type).SelectMany(member => member.GetCustomAttributesData()).SelectMany(OfAttribute),
            .. type.GetFields(All).Select(field => field.FieldType),
            .. type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)).SelectMany(OfMethod)];

    private static IEnumerable<Type> OfAttribute(CustomAttributeData attribute) =>
        attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(named => named.TypedValue))
            .SelectMany(argument => argument.Value is Type named ? [argument.ArgumentType, named] : new[] { argument.ArgumentType })
            .Append(attribute.AttributeType);

    private static IEnumerable<Type> OfMethod(MethodBase method) =>
        [.. method is MethodInfo { ReturnType: var answer } ? [answer] : Type.EmptyTypes,
            .. method.GetParameters().Select(parameter => parameter.ParameterType),
            .. method.IsGenericMethod ? method.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()) : [],
            .. method.GetMethodBody() is { } body
                ? body.LocalVariables.Select(local => local.LocalType)
                    .Concat(
                        body.ExceptionHandlingClauses.Where(clause => clause.Flags == ExceptionHandlingClauseOptions.Clause)
                        .Select(clause => clause.CatchType!))
                    .Concat(Tokens(body.GetILAsByteArray()!).SelectMany(token => OfToken(method, token)))
                : []];

    private static IEnumerable<Type> OfToken(MethodBase method, int token) =>
        method.Module.ResolveMember(
            token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null) switch
        {
            Type type => [type],
            FieldInfo field => [field.DeclaringType!, field.FieldType],
            MethodBase called => [called.DeclaringType!, .. called.IsGenericMethod ? called.GetGenericArguments() : []],
            _ => [],
        };

    private static IEnumerable<int> Tokens(byte[] code)
    {
        for (var at = 0; at < code.Length;)
        {
            var value = code[at++] is var first and < 0xFE ? first : unchecked((short)(0xFE00 | code[at++]));
            var operand = OpCodesByValue[value].OperandType;
            if (operand is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                yield return BitConverter.ToInt32(code, at);
            }

            at += operand switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
                _ => 4,
            };
        }
    }
}
