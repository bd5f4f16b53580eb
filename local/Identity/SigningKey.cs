using System.Security.Cryptography;
using Connections.Emulators.Storage;
using Microsoft.IdentityModel.Tokens;

namespace Connections.Local.Identity;

/// <summary>The RSA key of the development issuer, kept in a file so that tokens outlive a restart.</summary>
public static class SigningKey
{
    private const int Bits = 2048;

    /// <summary>Reads the key from a PEM file. Creates the file, which only its owner can read, if there is none.</summary>
    /// <remarks>A new key is written to another file and moved into place, so that a killed process leaves no half-written key.</remarks>
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
            // Fails for a public key, which ImportFromPem accepts.
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
