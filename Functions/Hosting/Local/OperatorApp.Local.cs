using Autopay.LocalHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Autopay.Hosting;

internal sealed partial class OperatorApp
{
    static partial void AddLocal(HostApplicationBuilder builder)
    {
        LocalHostConfiguration.Add(builder.Configuration, builder.Environment.ContentRootPath, []);
        RealHostGuard.ThrowIfHosted(builder.Configuration);
        builder.Services.AddSingleton<LocalClock>().AddSingleton<TimeProvider>(provider => provider.GetRequiredService<LocalClock>())
            .AddSingleton<IDevelopmentIdentity, DevelopmentIdentity>().AddSingleton<LocalServices>();
    }

    static partial void StartLocal(IServiceProvider services, ref Func<CancellationToken, Task> start, ref Func<CancellationToken, Task> stop)
    {
        var local = services.GetRequiredService<LocalServices>();
        (start, stop) = (local.JoinAsync, local.StoppedAsync);
    }

    static partial void NameUser(ref string? name) => name ??= Environment.UserName;
}
