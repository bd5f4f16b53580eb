using Connections.Local.DemoData;
using Connections.Local.Pages;
using Connections.Members;

namespace Connections.Local.Identity;

/// <summary>The member who signs in.</summary>
internal sealed record Person(MemberId Id, string? Email, string? Name);

/// <summary>The forms for choosing a member: a list of the demo members, and fields for any other.</summary>
internal sealed class SignInForms(Lazy<IReadOnlyList<DemoMember>> members)
{
    private const int LongestText = 200;

    /// <summary>The members in the list.</summary>
    public IReadOnlyList<DemoMember> Members => members.Value;

    /// <summary>The member of an id or of a demo member's email address; null if the text is neither.</summary>
    public Person? Known(string? hint)
    {
        if (Members.FirstOrDefault(m => m.Id.Value == hint || m.Email.Equals(hint, StringComparison.OrdinalIgnoreCase)) is { } member)
        {
            return new Person(member.Id, member.Email, member.DisplayName);
        }

        return MemberId.TryParse(hint, out var id) ? new Person(id, Email: null, Name: null) : null;
    }

    /// <summary>The member that was chosen in a form, or a note on what is wrong with the form.</summary>
    public (Person? Person, Html Refusal) Read(IFormCollection form)
    {
        var fields = new Fields();
        var email = fields.Text("email", form["email"], LongestText);
        var name = fields.Text("name", form["name"], LongestText);
        if (!MemberId.TryParse(form["sub"].ToString().Trim(), out var sub) || !fields.Valid)
        {
            return (null, Html.Of($"""
                <div class="card" role="alert"><b>Not signed in.</b> An id is {MemberId.Form}; a name or an address is a line of at most {LongestText} characters.</div>
                """));
        }

        var known = Known(sub.Value)!;
        return (new Person(sub, email ?? known.Email, name ?? known.Name), new Html(""));
    }

    /// <summary>The two forms; <paramref name="button"/> is the text of the second form's button.</summary>
    public Html Offer(string action, Html hidden, string button) => Html.Of($"""
        <form method="post" action="{action}">
        {hidden}
        <ul class="members">{Html.Join(Members.Select(Choice))}</ul>
        </form>
        <h2>Somebody else</h2>
        <form method="post" action="{action}" class="fields">
        {hidden}
        <label>Id <input name="sub" required maxlength="{MemberId.MaxLength}" pattern="[A-Za-z0-9._~\-]+" autocomplete="off" placeholder="alice"></label>
        <label>Name (optional) <input name="name" maxlength="{LongestText}" autocomplete="off"></label>
        <label>Email (optional) <input name="email" type="email" maxlength="{LongestText}" autocomplete="off"></label>
        <span><button class="button">{button}</button></span>
        </form>
        """);

    private static Html Choice(DemoMember member) => Html.Of($"""
        <li><button class="button" name="sub" value="{member.Id}"><img src="/dev/avatars/{member.Id}.svg" alt="" width="40" height="40" loading="lazy"><span><b>{member.DisplayName}</b><small>{member.Kind.ToString().ToLowerInvariant()} · {member.Id}</small></span></button></li>
        """);
}
