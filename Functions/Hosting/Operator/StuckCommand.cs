using System.CommandLine;
using Autopay.Application.Stuck;

namespace Autopay.Hosting.Operator;

/// <summary>
/// <c>stuck</c> lists what waits for a person (exit code 1 when something does); <c>stuck replay|discard ID</c> are the
/// two ways out.
/// </summary>
internal static class StuckCommand
{
    public static Command Create(OperatorApp app)
    {
        var name = OperatorCommands.As();
        var command = new Command("stuck", "List what waits for a person") { name };
        command.Add(
            Resolving(
                app,
                "replay",
                "Do it again",
                (call, id, why) => call.Verb<ResolveStuck>().ReplayAsync(id, call.By, why, call.Cancel)
            )
        );
        command.Add(
            Resolving(
                app,
                "discard",
                "Close it: it is explained, or not worth doing",
                (call, id, why) => call.Verb<ResolveStuck>().DiscardAsync(id, call.By, why, call.Cancel)
            )
        );
        command.SetAction((parsed, cancel) => app.RunAsync(parsed.GetValue(name), ListAsync, cancel));
        return command;
    }

    private static async Task<int> ListAsync(OperatorCall call)
    {
        var entries = await call.Verb<ReadStuck>().RunAsync(call.Cancel);
        foreach (var entry in entries)
        {
            await call.Output.WriteLineAsync(
                $"{entry.Kind, -16} {entry.Id, -40} {entry.AgeDays, 4} days  "
                    + $"{string.Join('|', entry.Actions ?? []), -16} {entry.Reason}"
            );
        }

        await call.Output.WriteLineAsync(
            entries.Count == 0 ? "Nothing waits for a person." : $"{Plural.Of(entries.Count, "item")} on the list."
        );
        return entries.Count == 0 ? OperatorApp.Done : OperatorApp.Problems;
    }

    private static Command Resolving(
        OperatorApp app,
        string verb,
        string what,
        Func<OperatorCall, string, string, Task<StuckResolution>> resolve
    )
    {
        var (name, reason) = (OperatorCommands.As(), OperatorCommands.Reason(required: true));
        var id = new Argument<string>("ID") { Description = "As the list shows it" };
        var command = new Command(verb, what) { id, name, reason };
        command.SetAction(
            (parsed, cancel) =>
                app.RunAsync(
                    parsed.GetValue(name),
                    async call =>
                    {
                        var stuck = HttpJson.StuckId(parsed.GetValue(id)!);
                        var resolution = await resolve(call, stuck, HttpJson.Reason(parsed.GetValue(reason)));
                        return resolution == StuckResolution.NotFound
                            ? throw new BadRequestException($"Nothing is stuck under '{stuck}'.")
                            : await SayAsync(
                                call,
                                resolution == StuckResolution.Done ? "Done." : "It was closed before: nothing changed."
                            );
                    },
                    cancel
                )
        );
        return command;
    }

    private static async Task<int> SayAsync(OperatorCall call, string line)
    {
        await call.Output.WriteLineAsync(line);
        return OperatorApp.Done;
    }
}
