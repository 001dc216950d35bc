using Autopay.Hosting;
using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// A verb, such as `rehearse`, is a first argument that does not start with "-"; otherwise the app runs.
if (args is [var verb, ..] && !verb.StartsWith('-'))
{
    return await Verbs.RunAsync(args, new OperatorApp(Console.Out, Console.Error, new LocalPlace()));
}

await using var host = LocalApp.Build(args);
if (host.Services.GetRequiredService<LocalServices>() is var local && !local.TryClaim())
{
    await Console.Error.WriteLineAsync(local.WhyRefused);
    return OperatorApp.Problems;
}

await host.StartAsync();
await LocalApp.PreparedAsync(host);
foreach (var line in local.Guide(new Uri(host.Urls.First())))
{
    Console.WriteLine(line);
}

await host.WaitForShutdownAsync();
return OperatorApp.Done;
