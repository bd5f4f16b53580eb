using Connections.Http;
using Connections.Members;

namespace Connections.Tests.Functions.Members;

public sealed class ConfirmedDomainTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 28, 9, 0, 0, TimeSpan.Zero);
    private static readonly MemberId Id = new("m");

    [Theory]
    [InlineData("anna@nordlys.no", "https://nordlys.no", "nordlys.no")]
    [InlineData("Anna@Nordlys.NO", "https://WWW.nordlys.no:8443/team?x=1#us", "nordlys.no")]
    [InlineData("anna@eu.mail.nordlys.no", "https://shop.nordlys.no/", "nordlys.no")]
    [InlineData("anna@brand.co.uk", "https://www.brand.co.uk", "brand.co.uk")]
    // A rule with a wildcard, and an exception from it.
    [InlineData("anna@a.brand.ck", "https://b.a.brand.ck", "a.brand.ck")]
    [InlineData("anna@mail.www.ck", "https://www.ck", "www.ck")]
    // In another script, each in the form in which it is written; the domain is in ASCII.
    [InlineData("anna@xn--bcher-kva.de", "https://bücher.de", "xn--bcher-kva.de")]
    [InlineData("anna@brand.xn--fiqs8s", "https://brand.中国", "brand.xn--fiqs8s")]
    // A name below no rule of the list.
    [InlineData("anna@nordlys.example", "https://nordlys.example", "nordlys.example")]
    // Below a private suffix of the list, a customer has a name of their own.
    [InlineData("anna@brand.github.io", "https://brand.github.io", "brand.github.io")]
    public void An_address_at_the_domain_of_the_website_confirms_it(string email, string website, string domain) =>
        Assert.Equal(domain, ConfirmedDomain.Of(email, website));

    [Theory]
    [InlineData("anna@nordlys.se", "https://nordlys.no")]
    [InlineData("anna@notnordlys.no", "https://nordlys.no")]
    [InlineData("anna@nordlys.no.evil.com", "https://nordlys.no")]
    [InlineData("anna@evil.com", "https://nordlys.no.evil-brand.com/evil.com")]
    [InlineData("anna@evil.com", "https://nordlys.no/?evil.com")]
    // Neighbours below a public suffix have nothing in common.
    [InlineData("anna@one.co.uk", "https://two.co.uk")]
    [InlineData("anna@anna.github.io", "https://ben.github.io")]
    [InlineData("anna@co.uk", "https://co.uk")]
    [InlineData("anna@github.io", "https://github.io")]
    // Everybody gets an address there.
    [InlineData("anna@gmail.com", "https://gmail.com")]
    [InlineData("anna@gmail.com", "https://anna.gmail.com")]
    [InlineData("anna@mail.ru", "https://www.mail.ru")]
    [InlineData("anna@mailinator.com", "https://mailinator.com")]
    [InlineData("anna@hey.com", "https://hey.com")]
    [InlineData("anna@example.com", "https://anna.example.com")]
    // Not a domain.
    [InlineData("anna@nordlys.no", "https://192.0.2.7/")]
    [InlineData("anna@nordlys.no", "https://[2001:db8::1]/")]
    [InlineData("anna@nordlys.no", "nordlys.no")]
    [InlineData("anna@nordlys.no", null)]
    [InlineData(null, "https://nordlys.no")]
    public void Nothing_else_does(string? email, string? website) => Assert.Null(ConfirmedDomain.Of(email, website));

    [Fact]
    public void The_domain_comes_with_the_second_of_website_and_address_and_goes_when_either_changes()
    {
        var member = Change(NewMember.From(Caller(isVerified: true), Now), "https://nordlys.no");
        Assert.Equal("nordlys.no", member.ConfirmedDomain);
        Assert.Equal("nordlys.no", Card.Of(member).ConfirmedDomain);
        Assert.Equal("nordlys.no", Profile.Of(member).ConfirmedDomain);

        Assert.Null(Change(member, "https://other.no").ConfirmedDomain);
        Assert.Null(Change(member, website: null).ConfirmedDomain);
        Assert.Null((member with { Email = "anna@other.no" }).Indexed().ConfirmedDomain);
        Assert.Null(member.Erase(Now).ConfirmedDomain);
    }

    [Fact]
    public void A_change_of_the_domain_alone_goes_to_the_rows_of_others()
    {
        // The card does not show the website.
        var member = Change(NewMember.From(Caller(isVerified: true), Now), "https://nordlys.no");
        var moved = Change(member, "https://other.no");
        Assert.Equal(member.CardVersion + 1, moved.CardVersion);
        Assert.Equal(Now, moved.OwedSince);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public void An_address_that_the_issuer_does_not_vouch_for_confirms_nothing(bool? isVerified) =>
        Assert.Null(Change(NewMember.From(Caller(isVerified), Now), "https://nordlys.no").ConfirmedDomain);

    [Fact]
    public void An_address_that_was_loaded_counts_once_a_token_confirms_it()
    {
        var loaded = Change(NewMember.Loaded(Id, Now) with { Email = "anna@nordlys.no" }, "https://nordlys.no");
        Assert.Null(loaded.ConfirmedDomain);
        Assert.Same(loaded, loaded.Noted(Caller(isVerified: null), Now));
        Assert.Same(loaded, loaded.Noted(Caller(isVerified: true, email: "anna@elsewhere.no"), Now));

        var confirmed = loaded.Noted(Caller(isVerified: true), Now);
        Assert.Equal("nordlys.no", confirmed.ConfirmedDomain);
        Assert.Equal(loaded.CardVersion + 1, confirmed.CardVersion);
        // A later token takes nothing back.
        Assert.Same(confirmed, confirmed.Noted(Caller(isVerified: false), Now));
    }

    [Theory]
    [InlineData("public_suffix_list.dat", "// Taken on 20", 9_000)]
    [InlineData("free_mail_domains.txt", "# Taken on 20", 10_000)]
    public void A_list_is_whole_and_begins_with_its_date(string file, string beginning, int least)
    {
        using var reader = new StreamReader(typeof(ConfirmedDomain).Assembly.GetManifestResourceStream("Members/" + file)!);
        var lines = reader.ReadToEnd().Split('\n');
        Assert.StartsWith(beginning, lines[0], StringComparison.Ordinal);
        Assert.True(lines.Length > least, $"{file} has only {lines.Length} lines.");
    }

    private static Member Change(Member member, string? website) =>
        ProfileRules.Apply(member, new ProfileChange { DisplayName = "Anna", Website = website }, Now).Value;

    private static Caller Caller(bool? isVerified, string email = "anna@nordlys.no") =>
        new(Id, email, "Anna", []) { EmailVerified = isVerified };
}
