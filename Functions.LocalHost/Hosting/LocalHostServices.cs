using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;

namespace Autopay.LocalHost;

internal static class LocalHostServices
{
    public static void AddLocalHost(
        this IServiceCollection services, FunctionCatalog catalog, FunctionPipeline pipeline, HostIdentity identity) => services
        .AddSingleton(catalog)
        .AddSingleton(pipeline)
        .AddSingleton(identity)
        .AddSingleton<HostSettings>()
        .AddSingleton<HostClock>()
        .AddSingleton<HostDrain>()
        .AddSingleton(provider => new LocalHostAddress(provider.GetRequiredService<IServer>()))
        .AddSingleton<FunctionInvoker>()
        .AddSingleton<HttpFunctionEndpoint>()
        .AddSingleton<ManualInvocations>()
        .AddSingleton<StorageConnections>()
        .AddSingleton<QueueListenerFactory>()
        .AddSingleton<TimerMonitorFactory>()
        .AddSingleton<TimerListenerFactory>()
        .AddHostedService<ListenerService>()
        .AddRouting();
}
