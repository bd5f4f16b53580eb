using System.Text;
using Connections.Email.Pages;
using Connections.Invites;
using Microsoft.AspNetCore.Http;

namespace Connections.Tests.Email.Pages;

public sealed class PageRequestsTests
{
    private const int MaxDetails = 50;
    private const string Multipart = "multipart/form-data; boundary=----b0undary";

    [Theory]
    [InlineData("en", "en")]
    [InlineData("tlh, en-GB;q=0.5", "en")]
    [InlineData("en;q=0.1, tlh;q=0.9", "en")]
    [InlineData("tlh, qya;q=0.3", null)]
    [InlineData("*", null)]
    [InlineData(";;;===", null)]
    [InlineData("", null)]
    [InlineData("eng", "en")]
    [InlineData("en;q=0", null)]
    [InlineData("en;q=nan", null)]
    [InlineData("en;q=-1", null)]
    [InlineData("en;q=1e9", null)]
    [InlineData("en ; Q=0.5 , tlh", "en")]
    [InlineData("a,b,c,d,e,f,g,h,i,en", "en")]
    [InlineData("a,b,c,d,e,f,g,h,i,j,en", null)]
    [InlineData("en-x-aaaaaaaa-aaaaaaaa-aaaaaaaa-aaaa", null)]
    public void The_browser_s_first_language_that_there_are_sentences_in_is_taken(string header, string? language)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.AcceptLanguage = header;
        Assert.Equal(language, request.PreferredLanguage());
    }

    [Theory]
    [InlineData("-")]
    [InlineData(",")]
    [InlineData("a,")]
    [InlineData(";")]
    [InlineData("a;q=0.1,")]
    [InlineData("en-,")]
    public void A_longerheader_costs_no_more_than_a_shorterone(string part)
    {
        var longer = Allocated("a" + string.Concat(Enumerable.Repeat(part, 30_000 / part.Length)));
        var shorter = Allocated("a" + string.Concat(Enumerable.Repeat(part, 10)));

        Assert.InRange(longer, 0, shorter + 16_384);

        static long Allocated(string header)
        {
            var request = new DefaultHttpContext().Request;
            request.Headers.AcceptLanguage = header;
            request.PreferredLanguage();
            var before = GC.GetAllocatedBytesForCurrentThread();
            request.PreferredLanguage();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", "answer=accept", InviteAnswer.Accept)]
    [InlineData("application/x-www-form-urlencoded; charset=utf-8", "x=1&answer=decline", InviteAnswer.Decline)]
    [InlineData(
        Multipart, "------b0undary\r\nContent-Disposition: form-data; name=\"answer\"\r\n\r\naccept\r\n------b0undary--\r\n",
        InviteAnswer.Accept)]
    [InlineData("application/x-www-form-urlencoded", "answer=report&reason=spam", InviteAnswer.Report)]
    [InlineData("application/x-www-form-urlencoded", "answer=ACCEPT", null)]
    [InlineData("application/x-www-form-urlencoded", "answer=accept&answer=decline", null)]
    [InlineData("application/x-www-form-urlencoded", "", null)]
    [InlineData("application/json", "{\"answer\":\"accept\"}", null)]
    [InlineData(Multipart, "no boundary here", null)]
    [InlineData("multipart/form-data", "------b0undary", null)]
    [InlineData(null, "answer=accept", null)]
    public async Task An_answer_is_read_from_a_form_and_from_nothing_else(string? contentType, string body, InviteAnswer? answer) =>
        Assert.Equal(answer, await AnswerAsync(Request(contentType, body)));

    [Fact]
    public async Task A_form_larger_than_any_of_ours_is_as_none()
    {
        Assert.Null(await AnswerAsync(Request("application/x-www-form-urlencoded", "answer=accept&x=" + new string('x', 1_000))));
        Assert.Null(await AnswerAsync(
            Request("application/x-www-form-urlencoded", "answer=accept" + string.Concat(Enumerable.Repeat("&x=1", 100)))));
        var large = "------b0undary\r\nContent-Disposition: form-data; name=\"answer\"\r\n\r\n"
            + new string('x', 100_000) + "\r\n------b0undary--\r\n";
        Assert.Null(await AnswerAsync(Request(Multipart, large)));
    }

    [Fact]
    public async Task The_longest_details_of_a_report_are_read_whatever_their_script()
    {
        var details = string.Concat(Enumerable.Repeat("\U0001F600", MaxDetails));
        var form = await Request("application/x-www-form-urlencoded", $"answer=report&reason=spam&details={Uri.EscapeDataString(details)}")
            .ReadInviteFormAsync(MaxDetails, CancellationToken.None);
        Assert.Equal(new InviteForm(InviteAnswer.Report, "spam", details), form);
    }

    private static async Task<InviteAnswer?> AnswerAsync(HttpRequest request) =>
        (await request.ReadInviteFormAsync(MaxDetails, CancellationToken.None)).Answer;

    private static HttpRequest Request(string? contentType, string body)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = HttpMethods.Post;
        request.ContentType = contentType;
        request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return request;
    }
}
