using Autopay.Hosting;
using Autopay.Hosting.Operator;
using Autopay.LocalHost.Hosting;
using Autopay.LocalHost.Local;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

if (Cultures.Prepare() is { } why)
{
    await Console.Error.WriteLineAsync(why);
    return OperatorApp.WrongInput;
}

// A verb, such as `rehearse`, is a first argument that does not start with "-"; otherwise the app runs.
if (args is [var verb, ..] && !verb.StartsWith('-'))
{
    return await Verbs.RunAsync(args, new OperatorApp(Console.Out, Console.Error, new LocalPlace()));
}

try
{
    await using var host = LocalApp.Build(args);
    var local = host.Services.GetRequiredService<LocalServices>();
    if (!local.TryClaim())
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
}
catch (Exception wrong) when (wrong is InvalidOperationException or BadRequestException or IOException)
{
    // What a person set wrongly, or a port that is taken: a sentence, not a stack trace.
    await Console.Error.WriteLineAsync(wrong.Message);
    return OperatorApp.WrongInput;
}
