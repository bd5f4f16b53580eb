using System.Net;

namespace Connections.Tests.Functions.Chat;

/// <summary>Read up to: never moves back; the other side sees it.</summary>
public sealed class ReadMarkTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task A_mark_never_moves_back()
    {
        var talk = await ThreeSentAsync("forward");
        await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 2 });

        var back = await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 1 });

        Assert.Equal((HttpStatusCode.OK, 2, 1), (back.Status, (int)back["readSeq"], (int)back["unread"]));
        await host.DrainAsync();
        Assert.Equal(2, (int)(await talk.ContactAsync(talk.Brand))["otherReadSeq"]);
    }

    [Fact]
    public async Task Marks_at_once_end_at_the_furthest()
    {
        var talk = await ThreeSentAsync("race");
        var answers = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(i => talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 1 + (i % 3) })));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.Status));
        await host.DrainAsync();
        Assert.Equal(
            (3, 0), ((int)(await talk.ContactAsync(talk.Creator))["readSeq"], (int)(await talk.ContactAsync(talk.Creator))["unread"]));
        Assert.Equal(3, (int)(await talk.ContactAsync(talk.Brand))["otherReadSeq"]);
    }

    [Fact]
    public async Task Both_sides_see_it_live_on_all_devices_and_in_the_contact()
    {
        var talk = await ThreeSentAsync("seen");
        await using var sender = await LiveClient.OpenAsync(talk.Brand);
        await using var reader = await LiveClient.OpenAsync(talk.Creator);
        await using var readerToo = await LiveClient.OpenAsync(talk.Creator);

        var answer = await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 3 });

        Assert.Equal((3, 0), ((int)answer["readSeq"], (int)answer["unread"]));
        foreach (var device in new[] { sender, reader, readerToo })
        {
            var read = await device.EventAsync(e => e["type"]!.ToString() == "message.read");
            Assert.Equal((talk.Id, talk.CreatorId, 3), (read["connectionId"]!.ToString(), read["by"]!.ToString(), (int)read["seq"]!));
        }

        Assert.Equal(3, (int)(await talk.ContactAsync(talk.Brand, c => (int)c["otherReadSeq"] == 3))["otherReadSeq"]);
    }

    [Theory]
    [InlineData("4")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("null")]
    [InlineData("\"1\"")]
    public async Task A_mark_where_there_is_no_message_is_refused(string seq)
    {
        var talk = await ThreeSentAsync($"past-{Guid.NewGuid()}");
        var answer = await talk.Creator.PutAsync($"{talk.Path}/read", $$"""{ "seq": {{seq}} }""");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid-input"), (answer.Status, answer.Problem));
        Assert.NotNull(answer["errors"]["seq"]);
        Assert.Equal(0, (int)(await talk.ContactAsync(talk.Creator))["readSeq"]);
    }

    [Fact]
    public async Task One_sides_mark_leaves_the_others_alone()
    {
        var talk = await ThreeSentAsync("alone");
        await talk.SayAsync(talk.Creator, "And one back");
        await talk.Creator.PutAsync($"{talk.Path}/read", new { seq = 4 });
        await host.DrainAsync();
        var brand = await talk.ContactAsync(talk.Brand);
        Assert.Equal((0, 1, 4), ((int)brand["readSeq"], (int)brand["unread"], (int)brand["otherReadSeq"]));
    }

    private async Task<Talk> ThreeSentAsync(string name)
    {
        var talk = await Talk.BeginAsync(host, "read-" + name);
        await talk.FillAsync(3);
        await host.DrainAsync();
        return talk;
    }
}
