using Autopay.Hosting.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Autopay.Hosting.Identity;

internal static class IdentityServices
{
    /// <summary>
    /// Tokens, behind the platform's sign-in where it is on. Its word alone counts only on the emulator: the start gate
    /// sees to that. Development identities exist only where the local host added them.
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
            { IsPlatformAuth: true, IsBearer: true } => new SignedInIdentity(
                new EasyAuthIdentity(options),
                Bearer(options, provider)
            ),
            { IsPlatformAuth: true } => new EasyAuthIdentity(options),
            { IsBearer: true } => Bearer(options, provider),
            _ => provider.GetService<IDevelopmentIdentity>() ?? (IIdentitySource)new NoIdentitySource(),
        };
    }

    private static BearerIdentity Bearer(IdentityOptions options, IServiceProvider provider) =>
        new(
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<BearerIdentity>>()
        );
}
