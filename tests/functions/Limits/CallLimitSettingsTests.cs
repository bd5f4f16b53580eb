using Connections.Creators.Favourites;
using Connections.Http;
using Connections.Settings;
using Microsoft.Extensions.Configuration;

namespace Connections.Tests.Functions.Limits;

/// <summary>Every limit on calls is a setting with the published default; a malformed one stops the start.</summary>
public sealed class CallLimitSettingsTests
{
    [Fact]
    public void The_defaults_are_the_published_numbers()
    {
        Assert.Equal(
            new CallLimitSettings(300, 120, 60, 20, 60, 12, 10, 60, 60, 60, 120, 1200, 6000, 60), CallLimitSettings.Read(Configured()));
        Assert.Equal(new FavouriteSettings(1000, 1000), FavouriteSettings.Read(Configured()));
    }

    [Fact]
    public void Each_can_be_set_and_a_malformed_one_is_named()
    {
        var names = LocalHostFixture.NoCallLimits.Keys.ToList();
        var set = Configured([.. names.Select((name, i) => (name, $"{i + 1}"))]);
        Assert.Equal(new CallLimitSettings(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14), CallLimitSettings.Read(set));
        Assert.All(names, name => Assert.Contains(
            name.Replace(":", "__", StringComparison.Ordinal),
            Assert.Throws<SettingException>(() => CallLimitSettings.Read(Configured((name, "0")))).Message,
            StringComparison.Ordinal));
        Assert.Throws<SettingException>(() => FavouriteSettings.Read(Configured(("Favourites:AtMost", "none"))));
    }

    private static IConfigurationRoot Configured(params (string Name, string Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))).Build();
}
