using System.Net;
using System.Text.Json.Nodes;

namespace Connections.Tests.Functions.Changes;

/// <summary>An app that keeps what it was shown, and catches up by <c>GET /api/changes</c> only, as the guide for apps says.</summary>
/// <param name="client">A client of its member, with a token that holds.</param>
public sealed class Phone(Func<HttpClient> client)
{
    private string? _next;

    /// <summary>The connections, by their ids.</summary>
    public SortedDictionary<string, JsonNode> Contacts { get; } = new(StringComparer.Ordinal);

    /// <summary>The messages of each connection.</summary>
    public Dictionary<string, SortedDictionary<long, JsonNode>> Messages { get; } = new(StringComparer.Ordinal);

    /// <summary>The badge.</summary>
    public long Unread { get; private set; }

    /// <summary>The token for next time.</summary>
    public string Next => _next ?? throw new InvalidOperationException("The phone was not started.");

    /// <summary>Starts anew: a token first, then every list and every conversation in it.</summary>
    public async Task StartAsync()
    {
        Contacts.Clear();
        Messages.Clear();
        var start = await client().ReadAsync("/api/changes");
        Assert.Equal(HttpStatusCode.OK, start.Status);
        (_next, Unread) = (start["next"].ToString(), (long)start["unread"]);
        foreach (var list in new[]
        {
            "/api/connections", "/api/connections?state=ended", "/api/invites?direction=sent", "/api/invites?direction=received",
        })
        {
            for (string? link = list.With("limit=100"); link is not null;)
            {
                var page = await client().ReadAsync(link);
                Assert.Equal(HttpStatusCode.OK, page.Status);
                foreach (var contact in page["value"].AsArray().Select(item => item!.DeepClone()))
                {
                    Contacts[contact["id"]!.ToString()] = contact;
                }

                link = page.Body!["nextLink"]?.ToString();
            }
        }

        foreach (var id in Contacts.Keys)
        {
            await ReadOnAsync(id, after: 0);
        }
    }

    /// <summary>Catches up; stops after so many pages, and goes on from there the next time.</summary>
    /// <returns>The changes that came.</returns>
    public async Task<IReadOnlyList<JsonNode>> CatchUpAsync(int limit = 24, int pages = int.MaxValue)
    {
        var came = new List<JsonNode>();
        string? link = $"/api/changes?since={Next}&limit={limit}";
        for (var i = 0; link is not null && i < pages; i++)
        {
            var page = await client().ReadAsync(link);
            Assert.True(page.Status == HttpStatusCode.OK, page.Body?.ToJsonString());
            foreach (var change in page["value"].AsArray())
            {
                came.Add(change!.DeepClone());
                await TakeAsync(change!);
            }

            (_next, Unread) = (page["next"].ToString(), (long)page["unread"]);
            link = page.Body!["nextLink"]?.ToString();
        }

        return came;
    }

    private async Task TakeAsync(JsonNode change)
    {
        var contact = change["contact"]!.DeepClone();
        var id = contact["id"]!.ToString();
        Contacts[id] = contact;
        var messages = Messages.TryGetValue(id, out var kept) ? kept : Messages[id] = [];
        var erased = (long?)change["erasedSeq"] ?? 0;
        foreach (var seq in messages.Keys.Where(seq => seq <= erased || (bool?)change["hasMore"] == true).ToList())
        {
            messages.Remove(seq);
        }

        foreach (var message in change["messages"]!.AsArray())
        {
            messages[(long)message!["seq"]!] = message.DeepClone();
            Requote(messages.Values, message);
        }

        // Up to where there is no gap.
        var last = erased;
        while (messages.ContainsKey(last + 1))
        {
            last++;
        }

        if (last < ((long?)contact["lastMessage"]?["seq"] ?? 0) || messages.Keys.Any(seq => seq > last))
        {
            await ReadOnAsync(id, last);
        }
    }

    /// <summary>Shows a message in the quotes of it, as the contract says: no change of it comes with those that quote it.</summary>
    private static void Requote(IEnumerable<JsonNode> messages, JsonNode message)
    {
        foreach (var quote in messages.Select(other => other["quote"]).OfType<JsonObject>())
        {
            if ((long)quote["seq"]! == (long)message["seq"]!)
            {
                // Texts are short here, so that a quote has the whole text.
                quote["text"] = message["text"]!.DeepClone();
                if (message["deleted"] is not null)
                {
                    quote["deleted"] = true;
                }
            }
        }
    }

    private async Task ReadOnAsync(string id, long after)
    {
        var messages = Messages.TryGetValue(id, out var kept) ? kept : Messages[id] = [];
        for (string? link = $"/api/connections/{id}/messages?after={after}&limit=100"; link is not null;)
        {
            var page = await client().ReadAsync(link);
            // A conversation that is not the caller's to read, such as one that never began.
            if (page.Problem is "not-found" or "not-connected")
            {
                return;
            }

            foreach (var message in page["value"].AsArray())
            {
                messages[(long)message!["seq"]!] = message.DeepClone();
            }

            link = page.Body!["nextLink"]?.ToString();
        }
    }
}
