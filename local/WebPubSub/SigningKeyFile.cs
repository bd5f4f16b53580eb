using System.Security.Cryptography;

namespace Connections.Local.WebPubSub;

/// <summary>The key of client tokens, random per data folder.</summary>
/// <remarks>
/// A key per process would turn away, after every restart, clients whose URL has not expired. A key in the code would let
/// anyone who reads it sign in to any host.
/// </remarks>
public static class SigningKeyFile
{
    private const int Length = 32;

    /// <summary>Reads the key, or makes it when there is none; only this user can read the file.</summary>
    /// <exception cref="InvalidDataException">The file is not a key.</exception>
    public static byte[] ReadOrCreate(string file)
    {
        if (!File.Exists(file))
        {
            Create(file);
        }

        var key = File.ReadAllBytes(file);
        return key.Length == Length
            ? key
            : throw new InvalidDataException($"{file} is not a signing key of {Length} bytes. Delete it to get a new one; clients then ask for a new URL.");
    }

    private static void Create(string file)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(temporary, PrivateFile.New()))
        {
            stream.Write(RandomNumberGenerator.GetBytes(Length));
        }

        try
        {
            File.Move(temporary, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another host made it in the meantime; its key counts.
            File.Delete(temporary);
        }
    }
}
