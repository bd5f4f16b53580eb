using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.Identity;

/// <summary>The RSA key that the development issuer signs with, kept in a file so that tokens outlive a restart.</summary>
public static class SigningKey
{
    private const int Bits = 2048;

    /// <summary>Reads the key from a PEM file that only its owner may read; makes it first where there is none.</summary>
    /// <remarks>A new key is written beside the file and moved into place: a process killed meanwhile leaves no half key.</remarks>
    /// <exception cref="LocalHostException">The file holds no RSA private key.</exception>
    public static async Task<RsaSecurityKey> LoadOrCreateAsync(string file, CancellationToken ct)
    {
        var rsa = RSA.Create(Bits);
        if (File.Exists(file))
        {
            Import(rsa, await File.ReadAllTextAsync(file, ct), file);
        }
        else
        {
            await WriteAsync(rsa.ExportPkcs8PrivateKeyPem(), file, ct);
        }

        var key = new RsaSecurityKey(rsa);
        key.KeyId = Base64UrlEncoder.Encode(key.ComputeJwkThumbprint());
        return key;
    }

    private static void Import(RSA rsa, string pem, string file)
    {
        try
        {
            rsa.ImportFromPem(pem);
            // A public key imports just as well, and would fail only at the first token.
            rsa.ExportPkcs8PrivateKey();
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new LocalHostException($"{file} holds no RSA private key. Delete it to get a new one; members then sign in again.");
        }
    }

    private static async Task WriteAsync(string pem, string file, CancellationToken ct)
    {
        var unfinished = file + ".new";
        File.Delete(unfinished);
        await using (var writer = new StreamWriter(unfinished, PrivateFile.New()))
        {
            await writer.WriteAsync(pem.AsMemory(), ct);
        }

        File.Move(unfinished, file, overwrite: true);
    }
}
