using System.Reflection;
using System.Reflection.Emit;
using System.Security.Cryptography;
using Connections.Email.Preferences;
using Connections.Members;
using Connections.Notices;

namespace Connections.Tests.Functions.Access;

/// <summary>Secrets are compared in constant time. The test inspects the compiled code, because a
/// measurement would be unreliable.</summary>
public sealed class ConstantTimeTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Fact]
    public void The_keys_of_links_are_compared_by_FixedTimeEquals()
    {
        foreach (var compare in new[]
        {
            typeof(LinkKey).GetMethod(nameof(LinkKey.Matches))!, typeof(UnsubscribeToken).GetMethod(nameof(UnsubscribeToken.IsProvenBy))!,
        })
        {
            Assert.Contains(Calls(compare), call =>
                call.Name == nameof(CryptographicOperations.FixedTimeEquals) && call.DeclaringType == typeof(CryptographicOperations));
        }

        Assert.Contains(
            Calls(typeof(Connections.Invites.InviteLinkToken).GetMethod("Opens")!), call => call.Name == nameof(LinkKey.Matches));
    }

    [Fact]
    public void Nothing_that_reads_a_key_compares_texts_in_another_way()
    {
        // A method that reads a key from a document must not compare texts or bytes in a way that stops at the first difference.
        var readers = typeof(ConnectionsApp).Assembly.GetTypes().SelectMany(type => type.GetMethods(All))
            .Where(method => method.GetMethodBody() is not null && !IsOfARecord(method))
            .Select(method => (Method: method, Calls: Calls(method).ToList()))
            .Where(method => method.Calls.Any(IsKey))
            .ToList();
        Assert.Contains(readers, reader => reader.Method.Name == "Opens");
        Assert.Contains(readers, reader => reader.Method.Name == nameof(UnsubscribeToken.IsProvenBy));
        Assert.Equal([], readers.SelectMany(reader => reader.Calls.Where(IsEarlyOut)
            .Select(call => $"{reader.Method.DeclaringType}.{reader.Method.Name} calls {call.DeclaringType}.{call.Name}")));
    }

    private static bool IsKey(MethodBase call) => call.Name is "get_LinkKey" or "get_LinkHashes" or "get_ReminderHashes" or "get_AnsweredBy"
        && call.DeclaringType == typeof(Connections.Invites.Connection)
        || (call.Name is "get_UnsubscribeKey" && call.DeclaringType == typeof(Member));

    private static bool IsEarlyOut(MethodBase call) =>
        (call.DeclaringType == typeof(string)
            && call.Name is "Equals" or "op_Equality" or "op_Inequality" or "Compare" or "CompareOrdinal" or "StartsWith")
        || (call.DeclaringType == typeof(MemoryExtensions) && call.Name is "SequenceEqual" or "StartsWith")
        || (call.DeclaringType == typeof(Enumerable) && call.Name == "SequenceEqual");

    // Equals, ToString and other methods that the compiler generates for records.
    private static bool IsOfARecord(MethodInfo method) =>
        method.GetCustomAttribute<System.Runtime.CompilerServices.CompilerGeneratedAttribute>() is not null
            && method.DeclaringType!.GetMethod("<Clone>$") is not null;

    /// <summary>The methods that a method calls, read from its instructions.</summary>
    private static IEnumerable<MethodBase> Calls(MethodInfo method)
    {
        var code = method.GetMethodBody()!.GetILAsByteArray()!;
        for (var at = 0; at < code.Length;)
        {
            var isLong = code[at] == 0xFE;
            var instruction = Codes[isLong ? (short)(0xFE00 | code[at + 1]) : code[at]];
            at += isLong ? 2 : 1;
            if (instruction.OperandType == OperandType.InlineMethod)
            {
                var type = method.DeclaringType!;
                yield return method.Module.ResolveMethod(
                    BitConverter.ToInt32(code, at),
                    type.IsGenericType ? type.GetGenericArguments() : null,
                    method.IsGenericMethod ? method.GetGenericArguments() : null)!;
            }

            at += instruction.OperandType switch
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
