using Autopay.Application;
using Autopay.Application.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.Hosting;

/// <summary>How everything is wired. The verbs are the same in the app and in a rehearsal; only the ports differ.</summary>
public static class AutopayServices
{
    public static IServiceCollection AddAutopayVerbs(this IServiceCollection services) => services
        .AddSingleton(provider => new CityClock(provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<CityCalendar>()))
        .AddSingleton<LedgerWriter>()
        .AddSingleton<ProviderSteps>()
        .AddSingleton<ChargeDebits>()
        .AddSingleton<EvaluateBucket>()
        .AddSingleton<SettleIntent>()
        .AddSingleton<ApplyImport>()
        .AddSingleton<ReceiveImport>()
        .AddSingleton<ChangeControls>()
        .AddSingleton<ChangeAccount>();
}
