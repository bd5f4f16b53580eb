using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Connections.Emulators.Blobs;

/// <summary>What a valid shared access signature allows, for one blob.</summary>
/// <param name="Permissions">A letter for each, such as <c>r</c>, <c>c</c> and <c>w</c>.</param>
/// <param name="Overrides">The headers that its answers have in place of the blob's.</param>
internal sealed record SharedAccess(string Permissions, IReadOnlyDictionary<string, string> Overrides)
{
    public bool Allows(char permission) => Permissions.Contains(permission, StringComparison.Ordinal);
}

/// <summary>Checks shared access signatures of one blob, by the account's key or by a user delegation key, as the service does.</summary>
/// <remarks>Every field is part of the signature, so none can be changed, added or left out.</remarks>
internal sealed class SharedAccessSignatures(BlobAccount account, TimeProvider time)
{
    // The first versions with these strings to sign: by the account's key, and by a user delegation key.
    private const string FirstVersion = "2020-12-06";
    private const string FirstVersionOfUsers = "2026-04-06";

    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd"];

    private static readonly string[] OverridingFields = ["rscc", "rscd", "rsce", "rscl", "rsct"];

    private static readonly string[] OverriddenHeaders =
        ["Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language", "Content-Type"];

    /// <summary>The parameters of a query that belong to a signature.</summary>
    public static IReadOnlySet<string> Parameters { get; } = new HashSet<string>(
        ["sv", "sr", "sp", "st", "se", "spr", "sig", "skoid", "sktid", "skt", "ske", "sks", "skv", .. OverridingFields],
        StringComparer.Ordinal);

    /// <summary>Checks the signature of a request for a blob.</summary>
    /// <param name="request">The request; its query has a <c>sig</c>.</param>
    /// <param name="container">The container that it asks for.</param>
    /// <param name="blob">The blob that it asks for; empty for the container itself.</param>
    /// <exception cref="BlobRefusal">403, or 501 for a kind of signature that is not supported.</exception>
    public SharedAccess Check(BlobRequest request, string container, string blob)
    {
        string Field(string name) => request.Query.GetValueOrDefault(name, "");
        if (Field("sig").Length == 0)
        {
            throw BlobRefusal.NotSigned("The address has no signature.");
        }

        var first = Field("skoid").Length > 0 ? FirstVersionOfUsers : FirstVersion;
        if (string.CompareOrdinal(Field("sv"), first) < 0)
        {
            throw BlobRefusal.NotSupported($"such signatures of a version before {first}");
        }

        if (Field("sr") != "b")
        {
            throw BlobRefusal.NotSupported("signatures of anything but one blob (sr=b)");
        }

        var key = Field("skoid").Length > 0 ? DelegationKey(Field) : account.Key;
        var expected = BlobAccount.Sign(key, StringToSign(Field, $"/blob/{account.Name}/{container}/{blob}"));
        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(Field("sig"))))
        {
            throw BlobRefusal.NotSigned("Signature did not match.");
        }

        CheckTimes(Field("st"), Field("se"));
        if (Field("spr") == "https" && request.Url.Scheme != Uri.UriSchemeHttps)
        {
            throw new BlobRefusal(403, "AuthorizationProtocolMismatch", "This request is not authorized using this protocol.");
        }

        return new SharedAccess(
            Field("sp"),
            OverridingFields.Zip(OverriddenHeaders).Where(pair => Field(pair.First).Length > 0)
                .ToDictionary(pair => pair.Second, pair => Field(pair.First), StringComparer.Ordinal));
    }

    /// <summary>The key that a user signs with, made from the fields that a signature with it repeats.</summary>
    internal byte[] DelegationKey(string user, string tenant, string start, string expiry, string service, string version) =>
        HMACSHA256.HashData(
            account.Key, Encoding.UTF8.GetBytes(string.Join('\n', "delegation", user, tenant, start, expiry, service, version)));

    private byte[] DelegationKey(Func<string, string> field)
    {
        CheckTimes(field("skt"), field("ske"));
        return field("sks") == "b"
            ? DelegationKey(field("skoid"), field("sktid"), field("skt"), field("ske"), field("sks"), field("skv"))
            : throw BlobRefusal.NotSigned("The delegation key is not for blobs.");
    }

    private static string StringToSign(Func<string, string> field, string resource)
    {
        // The empty lines are fields that are not supported: a request with one of them is refused before.
        const string Policy = "", Users = "\n\n\n\n", Address = "", Snapshot = "", Scope = "", Request = "\n";
        string[] overrides = [.. OverridingFields.Select(field)];
        return field("skoid").Length > 0
            ? string.Join(
                '\n',
                [
                    field("sp"), field("st"), field("se"), resource, field("skoid"), field("sktid"), field("skt"), field("ske"),
                    field("sks"), field("skv"), Users, Address, field("spr"), field("sv"), field("sr"), Snapshot, Scope, Request,
                    .. overrides,
                ])
            : string.Join(
                '\n',
                [
                    field("sp"), field("st"), field("se"), resource, Policy, Address, field("spr"), field("sv"), field("sr"), Snapshot,
                    Scope, .. overrides,
                ]);
    }

    private void CheckTimes(string start, string expiry)
    {
        var now = time.GetUtcNow();
        if (!TryTime(expiry, out var until) || now >= until || (start.Length > 0 && (!TryTime(start, out var from) || now < from)))
        {
            throw BlobRefusal.NotSigned($"Signature not valid in the specified time frame: Start [{start}] - Expiry [{expiry}].");
        }
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
}
