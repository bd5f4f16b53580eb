using Connections.Email.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace Connections.Email.Rendering;

/// <summary>Registers what puts notices and the pages behind their links into words.</summary>
public static class RenderingFeature
{
    /// <summary>Adds <see cref="NoticeRenderer"/> and <see cref="InvitePage"/>. Needs no settings.</summary>
    public static IServiceCollection AddNoticeRendering(this IServiceCollection services)
    {
        services.AddSingleton<NoticeRenderer>();
        services.AddSingleton<InvitePage>();
        return services;
    }
}
