using System.Text;
using Connections.Http;
using Connections.Members;

namespace Connections.Tests.Functions.Http;

public sealed class RequestBodyTests
{
    [Theory]
    [InlineData("52000.0", 52000)]
    [InlineData("5.2e4", 52000)]
    [InlineData("5.2E+4", 52000)]
    [InlineData("520000e-1", 52000)]
    [InlineData("0.052000e6", 52000)]
    [InlineData("-3.00", -3)]
    [InlineData("0.0", 0)]
    [InlineData("-0", 0)]
    [InlineData("0e999999999999", 0)]
    [InlineData("9007199254740993.0", 9007199254740993)]
    [InlineData("9223372036854775807.000", long.MaxValue)]
    [InlineData("-9223372036854775808", long.MinValue)]
    [InlineData("1e18", 1000000000000000000)]
    public void A_number_without_a_fraction_is_whole_however_it_is_written(string json, long number) =>
        Assert.Equal(number, Parse($$"""{"followers":{{json}}}""").Value?.Followers);

    [Theory]
    [InlineData("52000.5")]
    [InlineData("1e-1")]
    [InlineData("0.00000000000000000000000000000000000000001")]
    [InlineData("1.00000000000000000000000000000000000000001")]
    [InlineData("9223372036854775808.0")]
    [InlineData("1e19")]
    [InlineData("1e400")]
    [InlineData("1e99999999999999999999")]
    [InlineData("\"52000\"")]
    [InlineData("\"52000.0\"")]
    [InlineData("true")]
    [InlineData("[1]")]
    public void Any_other_is_refused_by_name(string json) =>
        Assert.Equal(["followers"], Parse($$"""{"followers":{{json}}}""").Error?.Fields?.Keys);

    [Fact]
    public void A_byte_order_mark_before_the_body_is_put_up_with() => Assert.Equal(5, Parse("\uFEFF{\"followers\":5}").Value?.Followers);

    private static Result<PlatformChange> Parse(string json) => RequestBody.Parse<PlatformChange>(Encoding.UTF8.GetBytes(json), "The body");
}
