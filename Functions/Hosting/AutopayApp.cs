using System.Runtime.CompilerServices;
using Autopay.Imports;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Autopay.Hosting;

/// <summary>The one way to build the app: Program and tests use the same.</summary>
public static partial class AutopayApp
{
    /// <summary>Runs until it is told to end. Exit code 1 with a sentence when it must not start.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        using var host = Build(args);
        string? refusal = null;
        RefuseLocal(host.Services, ref refusal);
        if (refusal is not null)
        {
            await Console.Error.WriteLineAsync(refusal);
            return OperatorApp.Problems;
        }

        await host.RunAsync();
        return OperatorApp.Done;
    }

    // Not inlined: the local runtime looks for functions in the assembly that calls CreateBuilder.
    /// <param name="configure">What a test or a tool changes before the app is built.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IHost Build(string[] args, Action<FunctionsApplicationBuilder>? configure = null)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        builder.ConfigureFunctionsWebApplication();
        builder.Services.Configure<KestrelServerOptions>(Widen);
        builder.UseMiddleware<TelemetryMiddleware>();
        builder.UseMiddleware<ProblemMiddleware>();
        builder.UseMiddleware<GateMiddleware>();
        builder.UseMiddleware<AccessMiddleware>();
        AddLocalServices(builder);
        configure?.Invoke(builder);
        builder.Services.AddAutopay(builder.Configuration);
        return builder.Build();
    }

    // The real worker has a server of its own, which by itself takes 30 MB; the host in front of it lets 100 MB through.
    private static void Widen(KestrelServerOptions kestrel) => (kestrel.Limits.MaxRequestBodySize, kestrel.AddServerHeader) = (ImportReader.LargestFile, false);

    /// <summary>Only in the local runtime: starts the emulator and the sandbox where the configuration names none.</summary>
    static partial void AddLocalServices(FunctionsApplicationBuilder builder);

    /// <summary>Only in the local runtime: another app may have the data.</summary>
    static partial void RefuseLocal(IServiceProvider services, ref string? refusal);
}
