using System.Globalization;
using Connections.Local.Worker;

namespace Connections.Tests.Local.Worker;

public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-11-22T07:51:14Z", "2026-11-22T07:55:00Z")]
    [InlineData("0 */5 * * * *", "2026-11-22T07:55:00Z", "2026-11-22T08:00:00Z")]
    [InlineData("0 0 9 * * Mon-Fri", "2026-11-21T12:00:00Z", "2026-11-23T09:00:00Z")]
    [InlineData("0 30 9 * Jan,Mar *", "2026-11-22T00:00:00Z", "2027-01-01T09:30:00Z")]
    [InlineData("5,8,10 * * * * *", "2026-11-22T07:51:08Z", "2026-11-22T07:51:10Z")]
    [InlineData("0 0 1-5/2 * * *", "2026-11-22T01:00:00Z", "2026-11-22T03:00:00Z")]
    [InlineData("0 0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00Z")]
    [InlineData("0 0 0 * * 0", "2026-11-22T00:00:00Z", "2026-11-29T00:00:00Z")]
    public void The_next_occurrence_is_the_first_after_the_given_time(string expression, string after, string next)
    {
        Assert.Equal(Time(next), Schedule.Parse(expression).NextAfter(Time(after)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("* * * * *")]
    [InlineData("* * * * * * *")]
    [InlineData("60 * * * * *")]
    [InlineData("0 0 24 * * *")]
    [InlineData("0 0 0 * 13 *")]
    [InlineData("0 0 0 * * 7")]
    [InlineData("0 0 0 * Mai *")]
    [InlineData("00:05:00")]
    public void An_expression_that_is_not_six_fields_in_their_ranges_is_refused(string expression)
    {
        Assert.Contains(
            $"'{expression}'", Assert.Throws<FormatException>(() => Schedule.Parse(expression)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_that_no_month_has_is_refused()
    {
        Assert.EndsWith(
            "never comes round.", Assert.Throws<FormatException>(() => Schedule.Parse("0 0 0 31 2 *")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*/30 * * * * *", true)]
    [InlineData("0 * * * * *", false)]
    public void A_schedule_knows_whether_it_fires_more_than_once_a_minute(string expression, bool expected)
    {
        Assert.Equal(expected, Schedule.Parse(expression).IsWithinMinutes(Time("2026-11-22T07:51:14Z")));
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
