using Connections.Chat;
using Connections.Members;

namespace Connections.Email.Rendering;

/// <summary>What the mail about a report says, before it is put into words. It goes to staff.</summary>
/// <param name="Id">The report.</param>
/// <param name="Category">The reason's name, such as <c>spam</c>.</param>
/// <param name="ReportedAt">When.</param>
/// <param name="Reporter">Who reported.</param>
/// <param name="ReporterName">Their name; their own text.</param>
/// <param name="Reported">Who was reported, or wrote what was.</param>
/// <param name="ReportedName">Their name; their own text.</param>
/// <param name="Details">What the reporter says about it.</param>
/// <param name="Profile">Their profile as it was; what was reported where there is no message.</param>
/// <param name="Message">The message that was reported, as it was; null when the profile was.</param>
public sealed record ReportView(
    string Id,
    string Category,
    DateTimeOffset ReportedAt,
    MemberId Reporter,
    string? ReporterName,
    MemberId Reported,
    string? ReportedName,
    string? Details,
    Profile? Profile,
    Message? Message);
