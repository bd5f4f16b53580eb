using Connections.Http;
using Connections.Invites.Contacts;
using Connections.Limits;

namespace Connections.Chat;

/// <summary>
/// The body of a send. The client makes a new <paramref name="ClientId"/> for every message and repeats it when it tries again.
/// </summary>
/// <param name="ReplyTo">The number of the message that it quotes; absent for none.</param>
public sealed record SendMessageRequest(string? ClientId, string? Text, IReadOnlyList<FileToSend?>? Files = null, long? ReplyTo = null);

/// <summary>The body of a batch.</summary>
public sealed record SendMessagesRequest(IReadOnlyList<SendMessageRequest?>? Messages);

/// <summary>The answer to a batch: a result for each message, in the order of the call.</summary>
public sealed record SentMessages(IReadOnlyList<SentMessage> Results);

/// <summary>What became of one message of a batch.</summary>
/// <param name="ClientId">The message's client id; absent if it had none that is valid.</param>
/// <param name="Status">The status that the message would have got in a call of its own.</param>
/// <param name="Message">The message, with status 200 or 201.</param>
/// <param name="Problem">The problem, with any other status.</param>
public sealed record SentMessage(string? ClientId, int Status, Message? Message = null, ProblemDocument? Problem = null);

/// <summary>
/// POST /api/connections/{id}/messages: sends a message. POST /api/connections/{id}/messages/batch: sends several, as an outbox has them
/// after a while offline.
/// </summary>
/// <remarks>
/// Four requests: the caller's row, which says that the two are connected and where the conversation ends; the message; the caller's row
/// and the other's, which show it. Every stored message uses a permit of the minute. A call that stores nothing releases its permit, so
/// that repeats and refusals do not use up the limit; a call that fails on the way keeps it, because it may have stored its message.
/// Repeats have a limit of their own. A message that quotes another is one request more.
/// <para>
/// The call first claims the files of a message: see <see cref="MessageFiles"/>. If some are still being checked, it looks at them again
/// after it has stored the message, because the result may have come in between and found no message.
/// </para>
/// <para>
/// A batch costs one request for each further message, one to find messages that were stored before, and one for all quotes; both rows are
/// read and written once. When a request fails on the way, the call fails, and its repetition finds what was stored.
/// </para>
/// </remarks>
public sealed class SendMessages(
    HttpApi http,
    Conversations conversations,
    MessageStore messages,
    Quotes quotes,
    MessageFiles files,
    SharedAllowances allowances,
    MessageFollowUp followUp,
    LiveEvents live,
    CallLimits limits,
    ChatSettings settings)
{
    /// <summary>The largest body, in bytes: as many as a call has for each of its messages.</summary>
    public const int MaxBody = ChatSettings.MaxBatch * HttpApi.MaxBody;

    /// <summary>
    /// Answers 201 for a new message; 200 with the first message when its clientId was used before; 409 when that had another
    /// text, other files or another quote.
    /// </summary>
    [Function("SendMessage")]
    public Task SendOne(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/connections/{id}/messages")] HttpRequest request, string id) =>
        http.Handle<SendMessageRequest>(request, async (caller, body, ct) =>
        {
            var fields = new Fields();
            var draft = MessageDraft.Read(body, settings, fields);
            if (!fields.Valid)
            {
                return fields.ToProblem();
            }

            if (!(await conversations.OpenRowAsync(id, caller.Id, ct)).TryGet(out var row, out var error))
            {
                return Problems.From(error);
            }

            var quoted = await quotes.FindAsync(id, [draft.ReplyTo], ct);
            if ((await UnquotableAsync(row, [draft], quoted, ct)).Count > 0)
            {
                return Problems.From(new NotQuotable());
            }

            var permit = await allowances.AcquireAsync(settings.Sending, caller.Id, ct);
            if (!permit.IsAcquired)
            {
                error = new MessageLimit(permit);
            }
            else if ((await files.ClaimAsync(id, caller.Id, draft, ct)).TryGet(out var claimed, out error))
            {
                draft = claimed;
            }

            // What is refused now may have been sent before: its files may be gone since.
            var (message, isNew) = error is null
                ? await messages.AppendAsync(id, caller.Id, row.OtherId, draft, ConversationEnd.Of(row.Chat, caller.Id), ct)
                : (await messages.FindByClientIdAsync(id, caller.Id, draft.ClientId, ct), false);
            if (message is null)
            {
                allowances.Release(permit);
                return Problems.From(error!);
            }

            if (!isNew)
            {
                allowances.Release(permit);
                if (limits.Refuse(caller.Id, CallKind.Repeat) is { } tooMany)
                {
                    return Problems.From(tooMany);
                }

                if (!draft.IsThatOf(message))
                {
                    return Problems.From(new KeyReused("clientId"));
                }
            }

            var quote = quoted.QuoteIn(message);
            // A repeated send announces the message again only if that may have been lost; clients know a message by its seq.
            await followUp.ShowAsync(row, message, isRepeated: !isNew, () => live.MessageCreatedAsync(message, quote, isNew, ct), ct);
            message = await followUp.ShowDecidedFilesAsync(message, ct) ?? message;
            var answer = message.ToMessage(caller.Id, quote);
            return isNew ? Answers.Created($"/api/connections/{id}/messages/{message.Seq}", answer) : Answers.Ok(answer);
        });

    /// <summary>Answers 200 if every message is stored, by this call or an earlier one, and 207 otherwise.</summary>
    [Function(nameof(SendMessages))]
    public Task SendBatch(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/connections/{id}/messages/batch")] HttpRequest request,
        string id) =>
        http.Handle<SendMessagesRequest>(
            request,
            (caller, body, ct) => body.Messages is { Count: > 0 and <= ChatSettings.MaxBatch } sent
                ? SendAsync(request.HttpContext, caller.Id, id, [.. sent.Select(Read)], ct)
                : Task.FromResult<IResult>(Problems.InvalidInput(
                    "messages",
                    $"From 1 to {ChatSettings.MaxBatch} messages are required.",
                    body.Messages is { Count: > 0 } ? FieldCode.TooMany : FieldCode.Required)),
            maxBody: MaxBody);

    private async Task<IResult> SendAsync(
        HttpContext context, MemberId caller, string id, IReadOnlyList<Part> parts, CancellationToken ct)
    {
        if (!(await conversations.OpenRowAsync(id, caller, ct)).TryGet(out var row, out var error))
        {
            return Problems.From(error);
        }

        var quoted = await quotes.FindAsync(id, parts.Where(IsValid).Select(part => part.Draft.ReplyTo), ct);
        var unquotable = await UnquotableAsync(row, parts.Where(IsValid).Select(part => part.Draft), quoted, ct);
        parts = [.. parts.Select(part => IsValid(part) && unquotable.Contains(part.Draft.ClientId)
            ? part with { Invalid = new NotQuotable() }
            : part)];
        parts = await ClaimAsync(id, caller, parts, ct);
        List<MessageDraft> drafts = [.. parts.Where(IsValid).Select(part => part.Draft)];
        var wanted = drafts.DistinctBy(draft => draft.ClientId).Count();
        var permit = wanted > 0 ? await allowances.AcquireAsync(settings.Sending, caller, ct, wanted) : null;
        var permitted = permit is { IsAcquired: true } ? permit.Count : 0;
        var end = ConversationEnd.Of(row.Chat, caller);
        var appended = await messages.AppendAllAsync(id, caller, row.OtherId, drafts, permitted, end, ct);
        var stored = appended.Count(one => one is { IsNew: true });
        if (permitted > stored)
        {
            allowances.Release(permit! with { Count = permitted - stored });
        }

        // A call that stores something has used a permit of the minute.
        if (stored == 0 && appended.Any(one => one is not null) && limits.Refuse(caller, CallKind.Repeat) is { } tooMany)
        {
            return Problems.From(tooMany);
        }

        await TellAsync(row, drafts, appended, quoted, ct);
        return Answer(context, parts, await ShowDecidedFilesAsync(appended, ct), quoted, permit);
    }

    /// <summary>
    /// The client ids of drafts that quote what cannot be quoted. Not of one that an earlier call stored, before the message that it quotes
    /// was deleted. No request most often, one where there are such drafts.
    /// </summary>
    private async Task<IReadOnlySet<string>> UnquotableAsync(
        ContactRow row, IEnumerable<MessageDraft> drafts, QuotedMessages quoted, CancellationToken ct)
    {
        var refused = drafts.Where(draft => !quoted.CanQuote(draft.ReplyTo, row.Pair.SealedSeq))
            .Select(draft => draft.ClientId).ToHashSet(StringComparer.Ordinal);
        var stored = refused.Count == 0 ? [] : await messages.FindByClientIdsAsync(row.Id, row.MemberId, [.. refused], ct);
        refused.ExceptWith(stored.Select(message => message.ClientId));
        return refused;
    }

    /// <summary>The messages with their files. One that cannot have its files is refused, unless it was sent before.</summary>
    private async Task<IReadOnlyList<Part>> ClaimAsync(string id, MemberId caller, IReadOnlyList<Part> parts, CancellationToken ct)
    {
        var claimed = new List<Part>(parts.Count);
        foreach (var part in parts)
        {
            claimed.Add(part.Invalid is not null ? part
                : (await files.ClaimAsync(id, caller, part.Draft, ct)).TryGet(out var draft, out var error) ? part with { Draft = draft }
                : await messages.FindByClientIdAsync(id, caller, part.Draft.ClientId, ct) is null ? part with { Invalid = error }
                : part);
        }

        return claimed;
    }

    private async Task<IReadOnlyList<(MessageDocument Message, bool IsNew)?>> ShowDecidedFilesAsync(
        IReadOnlyList<(MessageDocument Message, bool IsNew)?> appended, CancellationToken ct)
    {
        var shown = new List<(MessageDocument Message, bool IsNew)?>(appended.Count);
        foreach (var one in appended)
        {
            shown.Add(one is var (message, isNew) ? (await followUp.ShowDecidedFilesAsync(message, ct) ?? message, isNew) : null);
        }

        return shown;
    }

    private Part Read(SendMessageRequest? sent)
    {
        var fields = new Fields();
        var draft = MessageDraft.Read(sent, settings, fields);
        return new Part(draft, fields.Valid ? null : fields.ToError());
    }

    /// <summary>Shows the last message in both rows, and announces each, if the two are still connected.</summary>
    private async Task TellAsync(
        ContactRow own,
        IReadOnlyList<MessageDraft> drafts,
        IReadOnlyList<(MessageDocument Message, bool IsNew)?> appended,
        QuotedMessages quoted,
        CancellationToken ct)
    {
        var told = drafts.Zip(appended, (draft, one) => one is { } found && draft.IsThatOf(found.Message) ? one : null)
            .OfType<(MessageDocument Message, bool IsNew)>().OrderBy(one => one.Message.Seq).ToList();
        if (told is [.., var last])
        {
            await followUp.ShowAsync(own, last.Message, isRepeated: !told.Exists(one => one.IsNew), AnnounceAsync, ct);
        }

        // One after the other, so that they arrive in their order.
        async Task AnnounceAsync()
        {
            foreach (var (message, isNew) in told)
            {
                await live.MessageCreatedAsync(message, quoted.QuoteIn(message), isNew, ct);
            }
        }
    }

    private static IResult Answer(
        HttpContext context,
        IReadOnlyList<Part> parts,
        IReadOnlyList<(MessageDocument Message, bool IsNew)?> appended,
        QuotedMessages quoted,
        Permit? permit)
    {
        var results = new List<SentMessage>(parts.Count);
        var next = 0;
        foreach (var (draft, invalid) in parts)
        {
            if (invalid is not null)
            {
                results.Add(Refused(draft.ClientId is "" ? null : draft.ClientId, invalid));
            }
            else if (appended[next++] is not var (message, isNew))
            {
                results.Add(Refused(draft.ClientId, new MessageLimit(permit!)));
            }
            else if (!draft.IsThatOf(message))
            {
                results.Add(Refused(draft.ClientId, new KeyReused("clientId")));
            }
            else
            {
                var status = isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK;
                results.Add(new SentMessage(draft.ClientId, status, message.ToMessage(message.From, quoted.QuoteIn(message))));
            }
        }

        var answer = new SentMessages(results);
        return results.TrueForAll(result => result.Problem is null) ? Answers.Ok(answer) : Answers.MultiStatus(answer);

        SentMessage Refused(string? clientId, Error error)
        {
            var problem = Problems.From(error);
            problem.SetRetryAfter(context.Response);
            return new SentMessage(clientId, problem.Status, Problem: problem.ToDocument(context));
        }
    }

    private static bool IsValid(Part part) => part.Invalid is null;

    /// <summary>A message of the call, and what is wrong with it.</summary>
    private sealed record Part(MessageDraft Draft, Error? Invalid);
}
