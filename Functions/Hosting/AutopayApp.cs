using Autopay.Hosting.Identity;
using Autopay.Hosting.Telemetry;
using Autopay.Imports;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core.FunctionMetadata;
using Microsoft.Azure.Functions.Worker.Invocation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Autopay.Hosting;

/// <summary>The one way to build the app: Program, the local host and tests use the same.</summary>
public static class AutopayApp
{
    /// <param name="configure">What a test or the local host changes before the app is built.</param>
    /// <exception cref="InvalidOperationException">The machine cannot write Spanish.</exception>
    public static IHost Build(string[] args, Action<FunctionsApplicationBuilder>? configure = null)
    {
        if (Cultures.Prepare() is { } why)
        {
            throw new InvalidOperationException(why);
        }

        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        AddGeneratedCode(builder.Services);
        builder.Services.Configure<KestrelServerOptions>(Widen);
        builder.UseMiddleware<TelemetryMiddleware>();
        builder.UseMiddleware<ProblemMiddleware>();
        builder.UseMiddleware<GateMiddleware>();
        builder.UseMiddleware<AccessMiddleware>();
        builder.UseMiddleware<OperationMiddleware>();
        configure?.Invoke(builder);
        builder.Services.AddAutopay(builder.Configuration);
        return builder.Build();
    }

    // The worker looks for its generated code in the program that was started. The local host and the test runner are
    // other programs.
    private static void AddGeneratedCode(IServiceCollection services) =>
        services
            .AddSingleton<IFunctionMetadataProvider, GeneratedFunctionMetadataProvider>()
            .AddSingleton<IFunctionExecutor, DirectFunctionExecutor>();

    // The worker has a server of its own, which by itself takes 30 MB; the host in front of it lets 100 MB through.
    private static void Widen(KestrelServerOptions kestrel) =>
        (kestrel.Limits.MaxRequestBodySize, kestrel.AddServerHeader) = (ImportReader.LargestFile, false);
}
