using Connections.Changes;
using Connections.Invites;
using Connections.Invites.Contacts;

namespace Connections.Tests.Functions.Changes;

public sealed class ChangesTokenTests
{
    private static readonly MemberId Ada = new("ada");
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);
    private static readonly string Id = ConnectionId.Of(Ada, new MemberId("bob"));

    public static TheoryData<ChangesToken> Tokens => new(
        ChangesToken.Of(Now, 0),
        new ChangesToken(new WritePosition(5, Id), null, 3, Now, 12, [1, (1L << 48) - 1]),
        new ChangesToken(new WritePosition(5, ""), new WritePosition(9, Id), 3, Now, long.MaxValue, []),
        new ChangesToken(new WritePosition(5, Id), new WritePosition(9, Id), 3, Now, 1, [.. Enumerable.Range(0, ChangesToken.MaxKnown)]),
        ChangesToken.Of(Now, 3).Holding([Id]),
        new ChangesToken(new WritePosition(5, Id), new WritePosition(9, Id), 3, Now, 1, [.. Enumerable.Range(0, ChangesToken.MaxKnown)])
            .Holding(Enumerable.Range(0, ChangesToken.MaxHeld + 1).Select(i => ConnectionId.Of(Ada, new MemberId($"other-{i}")))));

    [Theory]
    [MemberData(nameof(Tokens))]
    public void A_token_reads_as_it_was_written_and_fits_its_length(ChangesToken token)
    {
        var text = token.Write(Ada);

        Assert.InRange(text.Length, 1, ChangesToken.MaxLength);
        Assert.True(ChangesToken.TryRead(text, Ada, out var read));
        Assert.Equal(token.Known, read.Known);
        Assert.Equal(token.Held, read.Held);
        Assert.Equal(token, read with { Known = token.Known, Held = token.Held });
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void Another_member_s_token_and_any_other_text_is_refused(ChangesToken token)
    {
        var text = token.Write(Ada);

        Assert.False(ChangesToken.TryRead(text, new MemberId("bob"), out _));
        foreach (var wrong in new[] { "", "A", text[..^1], text + "A", text + "=", " " + text, new string('A', 5000) })
        {
            Assert.False(ChangesToken.TryRead(wrong, Ada, out _), wrong);
        }

        for (var i = 0; i < text.Length; i++)
        {
            foreach (var other in "AZz9-_".Where(other => other != text[i]))
            {
                Assert.False(ChangesToken.TryRead(text[..i] + other + text[(i + 1)..], Ada, out _));
            }
        }
    }
}
