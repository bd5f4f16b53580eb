using System.Text.Json;
using Connections.Http;
using Connections.Limits;

namespace Connections.Files;

/// <summary>The body of a new file.</summary>
/// <param name="Name">What the client calls it. The answer has the name that it got.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Size">In bytes.</param>
/// <param name="For">What it is for, as <see cref="FilePurpose"/> is written.</param>
/// <param name="Width">Of a picture, in pixels, so that others can make room for it while it is checked.</param>
/// <param name="Height">Of a picture, in pixels.</param>
public sealed record CreateFileRequest(string? Name, string? Type, long? Size, string? For, long? Width, long? Height);

/// <summary>The answer to a new file.</summary>
/// <param name="File">The file.</param>
/// <param name="UploadUrl">Where the client PUTs its bytes. Whoever has it can upload this one file: never log it.</param>
/// <param name="UploadHeaders">The headers of that PUT.</param>
/// <param name="UploadUntil">When the address stops working.</param>
public sealed record CreatedFile(
    OwnFile File, Uri UploadUrl, IReadOnlyDictionary<string, string> UploadHeaders, DateTimeOffset UploadUntil);

/// <summary>POST /api/files: creates a file, and answers where the client uploads it.</summary>
public sealed class CreateFile(
    HttpApi http, FileRecords files, IFileStore store, AllowanceStore allowances, FilesSettings settings, TimeProvider time)
{
    /// <summary>The longest name that is taken, in characters, as most systems have it.</summary>
    public const int MaxName = 255;

    private static readonly Dictionary<string, FilePurpose> Purposes = Enum.GetValues<FilePurpose>().ToDictionary(
        purpose => JsonNamingPolicy.CamelCase.ConvertName(purpose.ToString()), StringComparer.Ordinal);

    /// <summary>Answers 201. Two requests.</summary>
    [Function(nameof(CreateFile))]
    public Task Run([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/files")] HttpRequest request) =>
        http.Handle<CreateFileRequest>(request, async (caller, body, ct) =>
        {
            var fields = new Fields();
            if (Read(body, caller.Id, fields) is not { } file)
            {
                return fields.ToProblem();
            }

            var permit = await allowances.AcquireAsync(settings.Creating, caller.Id, ct);
            if (!permit.IsAcquired)
            {
                return Problems.From(new FileLimitDay(permit));
            }

            await files.CreateAsync(file, ct);
            var upload = await store.GetUploadAddressAsync($"{file.Path}", time.Now() + settings.UploadFor, ct);
            return Answers.Created(
                $"/api/files/{file.Id}", new CreatedFile(OwnFile.Of(file), upload.Url, upload.Headers, upload.Until));
        });

    /// <summary>The new file; null, with the faults in <paramref name="fields"/>, if the body is not valid.</summary>
    private FileDocument? Read(CreateFileRequest body, MemberId caller, Fields fields)
    {
        var name = Name(body.Name, fields);
        if (!Purposes.TryGetValue(body.For ?? "", out var purpose))
        {
            fields.RefuseValue("for", body.For, $"The purpose must be one of {string.Join(", ", Purposes.Keys)}.");
        }

        var types = FileType.All.Where(type => type.IsPicture || purpose != FilePurpose.Avatar).ToList();
        var type = FileType.Find(body.Type);
        if (type is null || !types.Contains(type))
        {
            fields.RefuseValue("type", body.Type, $"The type must be one of {string.Join(", ", types.Select(one => one.Media))}.");
            return null;
        }

        if (body.Size is not { } size || size < 1 || size > settings.MaxSize(type))
        {
            fields.Refuse(
                "size",
                $"The size in bytes is required: at least 1, and for a file of this type at most {settings.MaxSizeInWords(type)}.",
                body.Size is null ? FieldCode.Required : FieldCode.OutOfRange);
        }

        var (width, height) = (Side(body.Width, "width", fields), Side(body.Height, "height", fields));
        var hasSides = type.IsPicture && width is not null && height is not null;
        return !fields.Valid ? null : new FileDocument
        {
            Id = FileId.New(purpose),
            Folder = FilePath.FolderOf(caller),
            MemberId = caller,
            For = purpose,
            Name = FileName.Clean(name, type),
            Type = type.Media,
            Size = body.Size!.Value,
            Width = hasSides ? width : null,
            Height = hasSides ? height : null,
            State = FileState.Uploading,
            CreatedAt = time.Now(),
            Ttl = FileRecords.UnsentTtl,
        };
    }

    private static string Name(string? name, Fields fields)
    {
        if (string.IsNullOrEmpty(name))
        {
            fields.Refuse("name", $"A name of 1 to {MaxName} characters is required.", FieldCode.Required);
        }
        else if (name.EnumerateRunes().Count() is var length && length > MaxName)
        {
            fields.Refuse("name", $"The text has {length} characters; at most {MaxName} are allowed.", FieldCode.TooLong);
        }

        return name ?? "";
    }

    private int? Side(long? pixels, string field, Fields fields)
    {
        if (pixels is < 1 || pixels > settings.MaxPixels)
        {
            fields.Refuse(field, $"The side of a picture has from 1 to {settings.MaxPixels} pixels.", FieldCode.OutOfRange);
            return null;
        }

        return (int?)pixels;
    }
}
