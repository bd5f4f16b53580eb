using Connections.Email.Address;
using Connections.Email.Pages;
using Connections.Email.Preferences;
using Connections.Email.Rendering;
using Connections.Http;
using Connections.Notices;

namespace Connections.Email;

/// <summary>The services that compose and send emails, and those behind the links in them.</summary>
public static class EmailFeature
{
    /// <exception cref="Settings.SettingException">A setting is missing or malformed.</exception>
    public static IServiceCollection AddEmail(this IServiceCollection services, IConfiguration configuration) => services
        .AddSingleton(AddressSettings.Read(configuration))
        .AddSingleton<Templates>()
        .AddSingleton<NoticeRenderer>()
        .AddSingleton<ReportRenderer>()
        .AddSingleton<AddressRenderer>()
        .AddSingleton<AddressPage>()
        .AddSingleton<ModerationRenderer>()
        .AddSingleton<InvitePage>()
        .AddSingleton<IProblemPage, ProblemPage>()
        .AddSingleton<UnsubscribePage>()
        .AddSingleton<UnsubscribeLinks>()
        .AddSingleton<Unsubscribing>()
        .AddSingleton<NoticeHandover>()
        .AddSingleton<NoticeWriter>()
        .AddSingleton<INoticeHandler, InviteNoticeHandler>()
        .AddSingleton<INoticeHandler, AcceptedNoticeHandler>()
        .AddSingleton<INoticeHandler, UnreadNoticeHandler>()
        .AddSingleton<INoticeHandler, AddressNoticeHandler>()
        .AddSingleton<INoticeHandler, ReportNoticeHandler>()
        .AddSingleton<INoticeHandler, StatementNoticeHandler>()
        .AddSingleton<INoticeHandler, DecidedNoticeHandler>();
}
