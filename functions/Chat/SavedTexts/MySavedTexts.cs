using Connections.Http;

namespace Connections.Chat.SavedTexts;

/// <summary>The texts that a member has saved, as calls show them.</summary>
public sealed record SavedTextList(IReadOnlyList<SavedText> Value);

/// <summary>A text of a call's body.</summary>
public sealed record SavedTextRequest(string? Name, string? Text);

/// <summary>The body of a call that replaces the saved texts: all of them, in their order.</summary>
public sealed record SavedTextsRequest(IReadOnlyList<SavedTextRequest?>? Value)
{
    /// <summary>The longest name, in Unicode code points.</summary>
    public const int MaxName = 60;

    /// <summary>The texts. Faults go to <paramref name="fields"/>.</summary>
    public IReadOnlyList<SavedText> Read(ChatSettings settings, Fields fields)
    {
        if (Value is null)
        {
            fields.Refuse("value", "The list of all texts is required. An empty one deletes them.", FieldCode.Required);
        }
        else if (Value.Count > settings.SavedTextsAtMost)
        {
            fields.Refuse(
                "value", $"There are {Value.Count} texts; at most {settings.SavedTextsAtMost} are allowed.", FieldCode.TooMany);
        }

        return !fields.Valid
            ? []
            : [
                .. Value!.Select((one, i) => new SavedText(
                    fields.Text($"value[{i}].name", one?.Name, MaxName),
                    fields.RequiredText($"value[{i}].text", one?.Text, settings.MaxText, lines: true))),
            ];
    }
}

/// <summary>GET and PUT /api/me/saved-texts: the texts that the caller has saved for notes and messages.</summary>
/// <remarks>With If-Match, PUT replaces the texts only if they are still those that the caller read.</remarks>
public sealed class MySavedTexts(HttpApi http, SavedTextStore saved, ChatSettings settings)
{
    /// <summary>The largest body, in bytes: as many as a call has for each of the texts.</summary>
    public const int MaxBody = 20 * HttpApi.MaxBody;

    /// <summary>Answers 200 with an ETag, or 304. One request.</summary>
    [Function("ReadSavedTexts")]
    public Task Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/me/saved-texts")] HttpRequest request) =>
        http.Handle(request, async (caller, ct) =>
            ContentTag.Answer(request, new SavedTextList(await saved.FindAsync(caller.Id, ct))));

    /// <summary>Answers 200 with the texts as they are now and their ETag; 412 for a stale write. Two requests.</summary>
    [Function("ChangeSavedTexts")]
    public Task Change([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "api/me/saved-texts")] HttpRequest request) =>
        http.Handle<SavedTextsRequest>(
            request,
            async (caller, body, ct) =>
            {
                var fields = new Fields();
                var texts = body.Read(settings, fields);
                if (!fields.Valid)
                {
                    return fields.ToProblem();
                }

                return await saved.TryReplaceAsync(
                    caller.Id, texts, now => ContentTag.IsWriteAllowed(request, new SavedTextList(now)), ct)
                    ? ContentTag.Answer(request, new SavedTextList(texts))
                    : Problems.StaleWrite();
            },
            maxBody: MaxBody);
}
