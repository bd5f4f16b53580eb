using Connections.Chat;
using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Tests.Functions.Chat;

/// <summary>Every limit of chat is a setting with the published default; a malformed value stops the start.</summary>
public sealed class ChatSettingsTests
{
    [Fact]
    public void The_defaults_are_the_published_numbers() =>
        Assert.Equal(new ChatSettings(4000, 30, TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), 30, TimeSpan.FromMinutes(15)), Read());

    [Fact]
    public void Each_can_be_set() => Assert.Equal(
        new ChatSettings(100, 5, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3), 2, TimeSpan.FromDays(1)),
        Read(
            ("Chat:MaxText", "100"),
            ("Chat:PerMinute", "5"),
            ("Chat:EditFor", "00:02:00"),
            ("Chat:AccessFor", "00:03:00"),
            ("Chat:SocketsAtMost", "2"),
            ("Chat:DigestAfter", "1.00:00:00")));

    [Theory]
    [InlineData("MaxText", "0")]
    [InlineData("PerMinute", "0")]
    [InlineData("PerMinute", "many")]
    [InlineData("EditFor", "15")]
    [InlineData("EditFor", "-00:15:00")]
    [InlineData("AccessFor", "soon")]
    [InlineData("SocketsAtMost", "0")]
    [InlineData("DigestAfter", "00:00:00")]
    public void A_malformed_one_is_named(string name, string value) =>
        Assert.Contains(
            $"Chat__{name}", Assert.Throws<SettingException>(() => Read(($"Chat:{name}", value))).Message, StringComparison.Ordinal);

    private static ChatSettings Read(params (string Name, string Value)[] settings) => ChatSettings.Read(
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build());
}
