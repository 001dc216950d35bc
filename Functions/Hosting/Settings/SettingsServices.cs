using Autopay.Application;
using Autopay.Application.Finance;
using Autopay.Application.Notifying;
using Autopay.Application.PublicStatus;
using Autopay.Application.Releasing;
using Autopay.Mailing;
using Autopay.Payments;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Autopay.Hosting.Settings;

/// <summary>
/// Each setting is bound once, to the record whose users read it. A new setting is a property with <see
/// cref="SettingAttribute"/> on one of these records.
/// </summary>
internal static class SettingsServices
{
    public static IServiceCollection AddSettings(this IServiceCollection services) =>
        services
            .AddCheckedSettings<CityOptions>()
            .AddCheckedSettings<Policies>()
            .AddCheckedSettings<ProcessingOptions>()
            .AddCheckedSettings<ReturnCeilings>()
            .AddCheckedSettings<ReleaseOptions>()
            .AddCheckedSettings<NoticeOptions>()
            .AddCheckedSettings<SmtpOptions>()
            .AddCheckedSettings<StatusOptions>()
            // Read when first needed: the local host fills in what it started itself.
            .AddSingleton(provider => SettingsReader.Read<StripeOptions>(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton<IReadOnlyList<CycleName>>(provider => provider.GetRequiredService<CityOptions>().Cycles)
            .AddSingleton(provider => new CityCalendar(
                TimeZoneInfo.FindSystemTimeZoneById(provider.GetRequiredService<CityOptions>().TimeZone)
            ));

    private static IServiceCollection AddCheckedSettings<T>(this IServiceCollection services)
        where T : class
    {
        services
            .AddOptions<T>()
            .Configure<IConfiguration>(SettingsReader.Fill)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);
    }
}
