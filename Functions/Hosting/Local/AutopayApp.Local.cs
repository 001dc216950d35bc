using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Autopay.Hosting;

public static partial class AutopayApp
{
    static partial void AddLocalServices(FunctionsApplicationBuilder builder)
    {
        builder.Services.AddSingleton<LocalClock>();
        builder.Services.TryAddSingleton<TimeProvider>(provider => provider.GetRequiredService<LocalClock>());
        builder.Services.AddSingleton<IDevelopmentIdentity, DevelopmentIdentity>();
        builder.Services.AddSingleton<LocalServices>();
        builder.Services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LocalServices>());
    }

    static partial void RefuseLocal(IServiceProvider services, ref string? refusal) =>
        refusal = services.GetRequiredService<LocalServices>().TryClaim() ? null : services.GetRequiredService<LocalServices>().WhyRefused;
}
