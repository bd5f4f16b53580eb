using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Connections.Emulators.Blobs;

/// <summary>Who may do what: the account's key may do everything, and a signature what it says.</summary>
internal sealed class BlobAccess(LocalBlobsOptions options)
{
    // The service's own.
    private static readonly TimeSpan LongestKey = TimeSpan.FromDays(7);

    private readonly SharedKey _key = new(options.Account, TimeProvider.System);
    private readonly SharedAccessSignatures _signatures = new(options.Account, options.Time);

    public BlobAccount Account => options.Account;

    /// <summary>Checks who asks.</summary>
    /// <returns>What they may do; null for everything.</returns>
    /// <exception cref="BlobRefusal">401, 403.</exception>
    public SharedAccess? Check(BlobRequest request, BlobTarget target)
    {
        if (request.Query.ContainsKey("sig"))
        {
            return _signatures.Check(request, target.Container, target.Blob);
        }

        if (request.Headers("Authorization") is not { Length: > 0 } authorization)
        {
            throw new BlobRefusal(401, "NoAuthenticationInformation", "Server failed to authenticate the request: it is not signed.");
        }

        const string Bearer = "Bearer ";
        if (!authorization.StartsWith(Bearer, StringComparison.Ordinal))
        {
            _key.Check(request);
        }
        else if (options.AcceptsToken?.Invoke(authorization[Bearer.Length..]) != true)
        {
            throw new BlobRefusal(401, "InvalidAuthenticationInfo", "The local blob service takes no such token.");
        }

        return null;
    }

    /// <summary>Checks that the source of a copy can be read with its own signature.</summary>
    /// <exception cref="BlobRefusal">403; 501 for a source of another account.</exception>
    public BlobTarget CheckSource(string source)
    {
        if (!Uri.TryCreate(source, UriKind.Absolute, out var url))
        {
            throw BlobRefusal.InvalidHeader("x-ms-copy-source");
        }

        try
        {
            var target = BlobTarget.Of(url, Account);
            var access = _signatures.Check(new BlobRequest("GET", url, _ => null, [], Stream.Null), target.Container, target.Blob);
            return access.Allows('r') ? target : throw BlobRefusal.NotPermitted();
        }
        catch (BlobRefusal e) when (e.Status is 403)
        {
            throw new BlobRefusal(403, "CannotVerifyCopySource", e.Message);
        }
        catch (BlobRefusal e) when (e.Status is 404)
        {
            throw BlobRefusal.NotSupported("a copy from another account");
        }
    }

    /// <summary>POST ?restype=service&amp;comp=userdelegationkey: a key for signatures by the identity that asks.</summary>
    public async Task<BlobAnswer> GiveKeyAsync(BlobRequest request, CancellationToken ct)
    {
        if (request.Headers("Authorization")?.StartsWith("Bearer ", StringComparison.Ordinal) != true)
        {
            throw new BlobRefusal(403, "AuthenticationFailed", "Only an identity gets a user delegation key.");
        }

        var asked = await BlobXml.ReadAsync(request.Body, ct);
        var (start, expiry) = (asked.Element("Start")?.Value ?? "", asked.Element("Expiry")?.Value ?? "");
        if (!DateTimeOffset.TryParse(expiry, CultureInfo.InvariantCulture, out var until) || until > options.Time.GetUtcNow() + LongestKey)
        {
            throw new BlobRefusal(400, "InvalidXmlNodeValue", "The key's expiry is missing, or more than seven days from now.");
        }

        const string Object = "11111111-1111-4111-8111-111111111111", Tenant = "22222222-2222-4222-8222-222222222222", Service = "b";
        var version = request.Headers("x-ms-version") ?? "";
        var key = new XElement(
            "UserDelegationKey",
            new XElement("SignedOid", Object),
            new XElement("SignedTid", Tenant),
            new XElement("SignedStart", start),
            new XElement("SignedExpiry", expiry),
            new XElement("SignedService", Service),
            new XElement("SignedVersion", version),
            new XElement("Value", Convert.ToBase64String(_signatures.DelegationKey(Object, Tenant, start, expiry, Service, version))));
        return BlobAnswer.OfXml(200, BlobXml.Bytes(key));
    }
}

/// <summary>The XML of requests and answers.</summary>
internal static class BlobXml
{
    private const int MaxBytes = 1024 * 1024;

    /// <exception cref="BlobRefusal">The body is not XML, or is too large.</exception>
    public static async Task<XElement> ReadAsync(Stream body, CancellationToken ct)
    {
        using var text = new MemoryStream();
        var buffer = new byte[16384];
        for (int read; (read = await body.ReadAsync(buffer, ct)) > 0;)
        {
            if (text.Length + read > MaxBytes)
            {
                throw new BlobRefusal(413, "RequestBodyTooLarge", "The request body is too large.");
            }

            text.Write(buffer, 0, read);
        }

        try
        {
            return XElement.Parse(Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).TrimStart('\uFEFF'));
        }
        catch (XmlException)
        {
            throw new BlobRefusal(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");
        }
    }

    public static byte[] Bytes(XElement element) =>
        Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + element.ToString(SaveOptions.DisableFormatting));
}
