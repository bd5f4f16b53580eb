using System.Security.Cryptography;
using Connections.Emulators.Storage;

namespace Connections.Emulators.WebPubSub;

/// <summary>The key that signs client tokens, kept in a file.</summary>
/// <remarks>A new key for each process would refuse clients whose URL has not expired. A key in the code would be everybody's.</remarks>
public static class SigningKeyFile
{
    private const int Length = 32;

    /// <summary>Reads the key. Creates a random one, which only this user can read, if there is none.</summary>
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
            : throw new InvalidDataException(
                $"{file} is not a signing key of {Length} bytes. Delete it to get a new one; clients then ask for a new URL.");
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
            // Another host created it in the meantime; use its key.
            File.Delete(temporary);
        }
    }
}
