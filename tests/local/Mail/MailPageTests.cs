using System.Net;
using System.Text.Json.Nodes;
using Connections.Notices;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Tests.Local.Mail;

public sealed class MailPageTests(LocalHostFixture host) : IClassFixture<LocalHostFixture>
{
    [Fact]
    public async Task The_JSON_has_the_documented_shape_and_can_be_filtered_by_address()
    {
        var operation = await SendAsync("shape@example.com", "Shape", "<p>Hello</p>");

        var list = await host.AnonymousClient().GetStringAsync("/dev/mail.json?to=shape@example.com&limit=5");

        var mail = Assert.Single(JsonNode.Parse(list)!.AsArray())!.AsObject();
        Assert.Equal(["id", "to", "subject", "html", "text", "headers", "operationId", "sentAt"], mail.Select(p => p.Key));
        Assert.Equal(operation.ToString("D"), (string?)mail["operationId"]);
        Assert.Equal("v", (string?)mail["headers"]!["X-Test"]);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("201")]
    [InlineData("many")]
    public async Task A_limit_out_of_bounds_is_refused(string limit) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await host.AnonymousClient().GetAsync("/dev/mail.json?limit=" + limit)).StatusCode);

    [Fact]
    public async Task An_email_cannot_leave_its_frame()
    {
        await SendAsync(
            "frame@example.com",
            "\"><script>alert(1)</script>",
            "<html><head></head><body>\"></iframe><script>alert(2)</script></body></html>");

        var page = await host.AnonymousClient().GetStringAsync("/dev/mail?to=frame@example.com");

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.Contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\"", page, StringComparison.Ordinal);
        Assert.Equal(1, page.Split("</iframe>").Length - 1);
        Assert.Contains(WebUtility.HtmlEncode("<head><base target=\"_blank\">"), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_part_and_the_width_are_query_parameters()
    {
        await SendAsync("links@example.com", "Links", "<p>the HTML</p>");

        var page = await host.AnonymousClient().GetStringAsync("/dev/mail?to=links@example.com&part=text&width=360");

        Assert.Contains("<pre class=\"w360\">the text</pre>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<iframe", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_mail_is_not_found() =>
        Assert.Equal(HttpStatusCode.NotFound, (await host.AnonymousClient().GetAsync("/dev/mail?id=999999")).StatusCode);

    private async Task<Guid> SendAsync(string to, string subject, string html)
    {
        var operation = Guid.NewGuid();
        var mail =
            new Connections.Notices.Mail(to, "Somebody", subject, html, "the text", new Dictionary<string, string> { ["X-Test"] = "v" });
        await host.Services.GetRequiredService<IMailer>().SendAsync(mail, operation, default);
        return operation;
    }
}
