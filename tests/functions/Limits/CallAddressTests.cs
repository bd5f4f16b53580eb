using System.Net;
using Connections.Http;
using Connections.Tests.Local.Cosmos;
using Microsoft.AspNetCore.Http;

namespace Connections.Tests.Functions.Limits;

/// <summary>Which calls come from one address.</summary>
public sealed class CallAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.7", "::ffff:203.0.113.7", true)]
    [InlineData("::ffff:203.0.113.7", "::ffff:203.0.113.8", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData(null, null, true)]
    public void A_customers_network_is_one_address(string? first, string? second, bool isOne)
    {
        var limits = new CallLimits(new CallLimitSettings(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), new SetTime());
        Assert.Null(limits.CountOpen(From(first)).Refused);
        Assert.Equal(isOne, limits.CountOpen(From(second)).Refused is not null);
        Assert.Null(limits.RefuseBadToken(From(first)));
        Assert.Equal(isOne, limits.RefuseBadToken(From(second)) is not null);
    }

    private static HttpRequest From(string? address)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        return context.Request;
    }
}
