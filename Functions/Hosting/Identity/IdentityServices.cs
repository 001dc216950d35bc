using Autopay.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Hosting.Identity;

internal static class IdentityServices
{
    /// <summary>
    /// What the platform says comes first, then tokens; development identities exist only where the local host added
    /// them.
    /// </summary>
    public static IServiceCollection AddIdentity(this IServiceCollection services) =>
        services
            .AddSingleton(provider => Options(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton(Source)
            .AddSingleton<StartGate>();

    private static IdentityOptions Options(IConfiguration configuration) =>
        SettingsReader.Read<IdentityOptions>(configuration) with
        {
            IsPlatformAuth = string.Equals(
                configuration[IdentityOptions.PlatformFlag],
                "true",
                StringComparison.OrdinalIgnoreCase
            ),
        };

    private static IIdentitySource Source(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IdentityOptions>();
        return options switch
        {
            { IsPlatformAuth: true } => new EasyAuthIdentity(options),
            { IsBearer: true } => new BearerIdentity(options, provider.GetRequiredService<TimeProvider>()),
            _ => provider.GetService<IDevelopmentIdentity>() ?? (IIdentitySource)new NoIdentitySource(),
        };
    }
}
