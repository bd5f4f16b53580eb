using System.Text;
using Connections.Http;
using Connections.Members;
using Connections.Moderation;

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

    [Theory]
    [InlineData("2027-01-31T18:00:00Z")]
    [InlineData("2027-01-31T18:00:00.5+00:00")]
    [InlineData("2027-01-31T12:00:00-06:00")]
    public void A_time_with_its_offset_is_read(string text) => Assert.Equal(
        new DateTimeOffset(2027, 1, 31, 18, 0, 0, TimeSpan.Zero),
        RequestBody.Parse<SuspensionRequest>(Until($"\"{text}\""), "The body").Value!.Until!.Value.AddMilliseconds(
            text.Contains(".5", StringComparison.Ordinal) ? -500 : 0));

    [Theory]
    [InlineData("\"2027-01-31\"", FieldCode.BadForm)]
    [InlineData("\"2027-01-31T18:00:00\"", FieldCode.BadForm)]
    [InlineData("\"tomorrow\"", FieldCode.BadForm)]
    [InlineData("\"\"", FieldCode.BadForm)]
    [InlineData("5", FieldCode.WrongType)]
    public void A_time_without_an_offset_or_of_another_form_is_refused_with_an_example(string json, string code)
    {
        var fault = Assert.Single(RequestBody.Parse<SuspensionRequest>(Until(json), "The body").Error!.Faults!);
        Assert.Equal(("until", code), (fault.Field, fault.Code));
        Assert.Contains("2027-01-31T18:00:00Z", fault.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"displayName":5}""", "displayName", "a text")]
    [InlineData("""{"listed":"yes"}""", "listed", "true or false")]
    [InlineData("""{"tags":"a"}""", "tags", "a list")]
    [InlineData("""{"tags":[{}]}""", "tags[0]", "a text")]
    [InlineData("""{"platforms":[{"followers":"5"}]}""", "platforms[0].followers", "a whole number")]
    [InlineData("""{"platforms":[{"engagement":[]}]}""", "platforms[0].engagement", "a number")]
    [InlineData("""{"platforms":[5]}""", "platforms[0]", "an object")]
    public void A_value_of_the_wrong_type_is_told_the_right_one(string json, string field, string kind)
    {
        var fault = Assert.Single(RequestBody.Parse<ProfileChange>(Encoding.UTF8.GetBytes(json), "The body").Error!.Faults!);
        Assert.Equal((field, FieldCode.WrongType, $"The value must be {kind}."), (fault.Field, fault.Code, fault.Detail));
    }

    [Fact]
    public void A_byte_order_mark_before_the_body_is_put_up_with() => Assert.Equal(5, Parse("\uFEFF{\"followers\":5}").Value?.Followers);

    private static byte[] Until(string json) => Encoding.UTF8.GetBytes($$"""{"until":{{json}}}""");

    private static Result<PlatformChange> Parse(string json) => RequestBody.Parse<PlatformChange>(Encoding.UTF8.GetBytes(json), "The body");
}
