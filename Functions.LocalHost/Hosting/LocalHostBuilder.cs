using System.Net;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Autopay.LocalHost;

internal static class LocalHostBuilder
{
    // The server's own, as in the real worker; an app that takes larger bodies (the real host lets 100 MB through) says so.
    private const long MaxRequestBodyBytes = 30_000_000;

    public static WebApplicationBuilder Create(string[] args, Assembly assembly)
    {
        var commandLine = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = assembly.GetName().Name,
            ContentRootPath = commandLine["contentRoot"] ?? Directory.GetCurrentDirectory(),
            EnvironmentName = commandLine["AZURE_FUNCTIONS_ENVIRONMENT"] ?? Environments.Development,
        });
        LocalHostConfiguration.Add(builder.Configuration, builder.Environment.ContentRootPath, args);
        RealHostGuard.ThrowIfHosted(builder.Configuration);
        AddLogging(builder);
        AddKestrel(builder);
        builder.Host.UseDefaultServiceProvider(provider => (provider.ValidateScopes, provider.ValidateOnBuild) = (true, true));
        return builder;
    }

    private static void AddLogging(WebApplicationBuilder builder) => builder.Logging
        .AddConfiguration(builder.Configuration.GetSection($"{LocalHostConfiguration.HostJsonSection}:logging"))
        .AddConfiguration(builder.Configuration.GetSection("Logging"))
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddSimpleConsole(console => (console.SingleLine, console.TimestampFormat) = (true, "HH:mm:ss.fff "));

    private static void AddKestrel(WebApplicationBuilder builder) => builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
        kestrel.Listen(IPAddress.Loopback, HostSettings.Port(builder.Configuration));
    });
}
