using Connections.Email.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Email.Rendering;

/// <summary>Registers what puts notices and the pages behind their links into words.</summary>
public static class RenderingFeature
{
    /// <summary>Adds <see cref="NoticeRenderer"/>, <see cref="ReportRenderer"/>, <see cref="InvitePage"/> and <see cref="UnsubscribePage"/>. Needs no settings.</summary>
    public static IServiceCollection AddNoticeRendering(this IServiceCollection services)
    {
        services.AddSingleton<Templates>();
        services.AddSingleton<NoticeRenderer>();
        services.AddSingleton<ReportRenderer>();
        services.AddSingleton<InvitePage>();
        services.AddSingleton<UnsubscribePage>();
        return services;
    }
}
