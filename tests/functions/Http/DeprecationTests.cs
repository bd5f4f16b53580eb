using System.Globalization;
using System.Net;
using Connections.Http;
using Connections.Tests.Functions.OpenApi;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Functions.Http;

/// <summary>A call that the contract marks as deprecated announces with every answer that it will go.</summary>
public sealed class DeprecationTests
{
    private const string Call = "      operationId: getConnection\n";

    [Fact]
    public async Task A_marked_call_says_since_when_where_to_read_and_until_when()
    {
        var contract = Marked("      deprecated: true\n      x-deprecated-on: 2027-01-15\n      x-sunset: 2028-02-01\n");
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Services = services => services.AddSingleton(new DeprecatedCalls(contract)),
        });
        var member = host.ClientFor("deprecated");
        var connection = $"/api/connections/c{new string('0', 30)}";

        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
        {
            var answer = await member.CallAsync(method, connection);
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            Assert.Equal($"@{new DateTimeOffset(2027, 1, 15, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()}", Header(answer, "Deprecation"));
            Assert.Equal("Tue, 01 Feb 2028 00:00:00 GMT", Header(answer, "Sunset"));
            Assert.Equal($"<{host.Url}api/openapi.yaml>; rel=\"deprecation\"; type=\"application/yaml\"", Header(answer, "Link"));
        }

        foreach (var (method, path) in new[]
        {
            ("DELETE", connection), ("GET", "/api/connections"), ("GET", "/api/connections/unread"), ("GET", $"{connection}/messages"),
        })
        {
            var answer = await member.CallAsync(new HttpMethod(method), path);
            Assert.All(["Deprecation", "Sunset", "Link"], name => Assert.Null(Header(answer, name)));
        }
    }

    [Fact]
    public async Task Before_the_end_is_fixed_there_is_no_Sunset()
    {
        var contract = Marked("      deprecated: true\n      x-deprecated-on: 2027-01-15\n");
        await using var host = await LocalHostFixture.StartAsync(o => o with
        {
            Creators = 0,
            Services = services => services.AddSingleton(new DeprecatedCalls(contract)),
        });
        var answer = await host.ClientFor("deprecated").ReadAsync($"/api/connections/c{new string('0', 30)}");
        Assert.Equal("@1799971200", Header(answer, "Deprecation"));
        Assert.Null(Header(answer, "Sunset"));
    }

    [Fact]
    public void The_contract_announces_as_the_policy_says() => Assert.Empty(Faults(Contract.Current));

    [Theory]
    [InlineData("      deprecated: true\n", "has no day")]
    [InlineData("      x-deprecated-on: 2027-01-15\n", "has a day without the mark")]
    [InlineData("      deprecated: true\n      x-deprecated-on: 2027-01-15\n      x-sunset: 2028-01-14\n", "ends within a year")]
    [InlineData("      deprecated: true\n      x-sunset: 2028-01-14\n", "has no day")]
    public void A_mark_against_the_policy_is_found(string mark, string fault) =>
        Assert.Equal([$"getConnection {fault}"], Faults(Contract.Of(Marked(mark))));

    private static IEnumerable<string> Faults(Contract contract) =>
        from path in contract.Document["paths"]!.AsObject()
        from call in path.Value!.AsObject()
        where call.Key is "get" or "put" or "post" or "patch" or "delete"
        let isMarked = call.Value!["deprecated"]?.GetValue<bool>() == true
        let day = call.Value["x-deprecated-on"]
        let sunset = call.Value["x-sunset"]
        let fault = isMarked && day is null ? "has no day"
            : !isMarked && (day ?? sunset) is not null ? "has a day without the mark"
            : sunset is not null && Day($"{sunset}") < Day($"{day}").AddYears(1) ? "ends within a year"
            : null
        where fault is not null
        select $"{call.Value["operationId"]} {fault}";

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Marked(string mark)
    {
        var contract = GetContract.Text();
        Assert.Contains(Call, contract, StringComparison.Ordinal);
        return contract.Replace(Call, Call + mark, StringComparison.Ordinal);
    }

    private static string? Header(Answer answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
