using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Changes;

/// <content>Compares what an app that slept knows with what a fresh one reads.</content>
public sealed partial class CatchUpWalk
{
    /// <summary>Wakes a phone and compares it with one that starts anew.</summary>
    private async Task CompareAsync(string name)
    {
        var (me, phone) = (ClientFor(name), _phones[name]);
        await phone.CatchUpAsync();
        var fresh = new Phone(() => me);
        await fresh.StartAsync();
        foreach (var (id, contact) in fresh.Contacts)
        {
            Assert.True(phone.Contacts.ContainsKey(id), $"{name} lacks {contact.ToJsonString()}\n{History()}");
            Same(contact, phone.Contacts[id], id);
            Assert.True(
                Text(fresh.Messages[id].Values) == Text(phone.Messages[id].Values),
                $"{name}, {id}: {Text(phone.Messages[id].Values)}\ninstead of {Text(fresh.Messages[id].Values)}\n{History()}");
        }

        // What no list has is over, and says so.
        foreach (var (id, contact) in phone.Contacts.Where(contact => !fresh.Contacts.ContainsKey(contact.Key)))
        {
            Assert.True(
                contact["state"]!.ToString() is not ("pending" or "connected"), $"{name} keeps {contact.ToJsonString()}\n{History()}");
            var read = await me.ReadAsync($"/api/connections/{id}");
            if (read.Problem is null)
            {
                Same(read.Body!, contact, id);
            }
        }

        var unread = fresh.Contacts.Values
            .Where(contact => contact["state"]!.ToString() == "connected").Sum(contact => (long)contact["unread"]!);
        Assert.True(
            (unread, unread) == (phone.Unread, fresh.Unread), $"{name}: {phone.Unread}, {fresh.Unread}, not {unread}\n{History()}");

        void Same(JsonNode expected, JsonNode actual, string id) => Assert.True(
            AsOfNow(expected) == AsOfNow(actual), $"{name}, {id}: {AsOfNow(actual)}\ninstead of {AsOfNow(expected)}\n{History()}");
    }

    // Locks end and invites expire by the clock alone.
    private string AsOfNow(JsonNode contact)
    {
        var (shown, now) = (contact.DeepClone().AsObject(), _host.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (shown["until"] is { } until && until.GetValue<DateTimeOffset>() <= now)
        {
            shown.Remove("until");
        }

        if (shown["state"]!.ToString() == "pending" && shown["expiresAt"]!.GetValue<DateTimeOffset>() <= now)
        {
            shown["state"] = "expired";
            shown["answeredAt"] = shown["expiresAt"]!.DeepClone();
            shown.Remove("expiresAt");
        }

        return new JsonObject(shown.OrderBy(field => field.Key, StringComparer.Ordinal).Select(
            field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))).ToJsonString();
    }

    private static string Text(IEnumerable<JsonNode> messages) => JsonSerializer.Serialize(messages);
}
