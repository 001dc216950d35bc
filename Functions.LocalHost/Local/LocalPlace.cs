using Autopay.Hosting.Identity;
using Autopay.Hosting.Operator;
using Autopay.LocalHost.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Autopay.LocalHost.Local;

/// <summary>
/// A command on one machine: it joins the emulator and the sandbox of the app that runs on the same data, or starts
/// them itself.
/// </summary>
/// <param name="configure">What a test changes.</param>
internal sealed class LocalPlace(Action<HostApplicationBuilder>? configure = null) : IOperatorPlace
{
    public string? DefaultName => Environment.UserName;

    public void Configure(HostApplicationBuilder builder)
    {
        LocalHostConfiguration.Add(builder.Configuration, builder.Environment.ContentRootPath, []);
        builder
            .Services.AddSingleton<LocalClock>()
            .AddSingleton<TimeProvider>(provider => provider.GetRequiredService<LocalClock>())
            .AddSingleton<IDevelopmentIdentity, DevelopmentIdentity>()
            .AddSingleton<LocalServices>();
        configure?.Invoke(builder);
    }

    public Task StartAsync(IServiceProvider services, CancellationToken cancel) =>
        services.GetRequiredService<LocalServices>().JoinAsync(cancel);

    public async Task StopAsync(IServiceProvider services) =>
        await services.GetRequiredService<LocalServices>().DisposeAsync();
}
