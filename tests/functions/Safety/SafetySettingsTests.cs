using Connections.Safety;
using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Tests.Functions.Safety;

public sealed class SafetySettingsTests
{
    [Fact]
    public void Unset_numbers_are_those_of_the_spec() =>
        Assert.Equal(new SafetySettings("help@example.com", 20, 1000, 1000), Read(("Safety:SupportAddress", "help@example.com")));

    [Fact]
    public void Set_numbers_are_taken() =>
        Assert.Equal(
            new SafetySettings("help@mail.example.com", 3, 50, 7),
            Read(("Safety:SupportAddress", "help@mail.example.com"), ("Safety:ReportsPerDay", "3"), ("Safety:MaxDetails", "50"), (
                "Safety:BlocksAtMost", "7")));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("support")]
    [InlineData("support@")]
    [InlineData("@example.com")]
    [InlineData("support@example")]
    [InlineData("support example@example.com")]
    [InlineData("Support <support@example.com>")]
    [InlineData("a@example.com, b@example.com")]
    [InlineData("süpport@example.com")]
    [InlineData("support@example.com\r\nBcc: x@example.com")]
    public void The_support_address_is_required_and_an_email_address(string? address)
    {
        var e = Assert.Throws<SettingException>(() => Read(("Safety:SupportAddress", address)));
        Assert.Contains("Safety__SupportAddress", e.Message, StringComparison.Ordinal);
        Assert.Contains("support@example.com", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Safety:ReportsPerDay", "0")]
    [InlineData("Safety:ReportsPerDay", "many")]
    [InlineData("Safety:MaxDetails", "-1")]
    public void A_malformed_number_stops_the_start_and_is_named(string name, string value)
    {
        var e = Assert.Throws<SettingException>(() => Read(("Safety:SupportAddress", "help@example.com"), (name, value)));
        Assert.Contains(name.Replace(":", "__", StringComparison.Ordinal), e.Message, StringComparison.Ordinal);
    }

    private static SafetySettings Read(params (string Name, string? Value)[] settings) =>
        SafetySettings.Read(
            new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Name, s.Value))).Build());
}
