using System.CommandLine;
using Autopay.Application;
using Autopay.Application.Finance;

namespace Autopay.Hosting.Operator;

/// <summary>
/// <c>halt</c> stops all charging at once. <c>resume</c> asks for the end of it; as on the route, another person
/// approves where the city wants one.
/// </summary>
internal static class HaltCommands
{
    public static IEnumerable<Command> Create(OperatorApp app) =>
        [
            Reasoned(app, "halt", "Stop all charging, at once", HaltAsync),
            Reasoned(app, "resume", "Ask for the end of the halt; another person approves", ResumeAsync),
        ];

    private static Command Reasoned(
        OperatorApp app,
        string verb,
        string what,
        Func<OperatorCall, ChangeRequest, Task<string>> run
    )
    {
        var (name, reason) = (OperatorCommands.As(), OperatorCommands.Reason(required: true));
        var command = new Command(verb, what) { name, reason };
        command.SetAction(
            (parsed, cancel) =>
                app.RunAsync(
                    parsed.GetValue(name),
                    async call =>
                    {
                        var why = HttpJson.Reason(parsed.GetValue(reason));
                        var request = new ChangeRequest(call.Verb<CityClock>().Authority(call.By, why));
                        await call.Output.WriteLineAsync(await run(call, request));
                        return OperatorApp.Done;
                    },
                    cancel
                )
        );
        return command;
    }

    private static async Task<string> HaltAsync(OperatorCall call, ChangeRequest request)
    {
        var controls = (
            await call.Verb<ChangeControls>().RunAsync(new ChargingHalted(), request, call.Cancel)
        ).Controls;
        return $"Charging is halted since {controls.Halt!.Since:u} by {controls.Halt.By}: {controls.Halt.Reason}. "
            + "What is at the bank already stays there.";
    }

    /// <exception cref="RefusedException">An app asks, where two people resume.</exception>
    internal static async Task<string> ResumeAsync(OperatorCall call, ChangeRequest request)
    {
        if (!call.IsPerson && call.Verb<Policies>().SecondPerson)
        {
            throw new RefusedException(
                "An app's identity runs this command, and does not say who you are: two people resume. Ask in the "
                    + "console, or with POST /api/halt/resume."
            );
        }

        var id = $"resume-{call.Verb<CityClock>().Now.Utc:yyyyMMddHHmmssfff}";
        var controls = await call.Verb<ResumeCharging>().RunAsync(id, request, call.Cancel);
        return controls.IsHalted
            ? $"Asked. Another person approves it: POST /api/approvals/{id}/approve, or the console."
            : $"Charging goes on: {controls.WhyNothingIsCharged ?? "what is due leaves with the next look"}.";
    }
}
