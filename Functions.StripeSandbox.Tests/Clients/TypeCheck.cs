using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Autopay.StripeSandbox.Tests.Fixtures;

namespace Autopay.StripeSandbox.Tests.Clients;

/// <summary>
/// One run of the TypeScript compiler over everything the sandbox served, each body declared as Stripe's own type, and
/// over bodies that were spoilt on purpose: the judge must be able to say no.
/// </summary>
public sealed partial class TypeCheck : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        ["payment_intent"] = "Stripe.PaymentIntent",
        ["charge"] = "Stripe.Charge",
        ["refund"] = "Stripe.Refund",
        ["dispute"] = "Stripe.Dispute",
        ["event"] = "Stripe.Event",
        ["customer"] = "Stripe.Customer",
        ["payment_method"] = "Stripe.PaymentMethod",
        ["mandate"] = "Stripe.Mandate",
        ["balance_transaction"] = "Stripe.BalanceTransaction",
        ["payout"] = "Stripe.Payout",
    };

    private readonly string folder = Path.Combine(
        Repository.Root,
        "artifacts",
        "sandbox-types",
        Guid.NewGuid().ToString("N")
    );

    public IReadOnlyDictionary<string, int> Checked { get; private set; } = new Dictionary<string, int>();

    public IReadOnlyList<string> Problems { get; private set; } = [];

    public HashSet<string> RefusedSpoils { get; } = [];

    public static IReadOnlyDictionary<string, Action<JsonObject>> Spoils { get; } =
        new Dictionary<string, Action<JsonObject>>
        {
            ["a required field is missing"] = intent => intent.Remove("client_secret"),
            ["a number is text"] = intent => intent["amount"] = "5000",
            ["a field that Stripe does not have"] = intent => intent["payed"] = true,
            ["null where Stripe never sends null"] = intent => intent["metadata"] = null,
            ["the wrong kind of object"] = intent => intent["object"] = "charge",
            ["a nested field is missing"] = intent =>
                intent["last_payment_error"]!["payment_method"]!.AsObject().Remove("billing_details"),
        };

    public async ValueTask InitializeAsync()
    {
        await using var tour = await FullTour.TakeAsync();
        var bodies = tour.Bodies;
        Checked = bodies.Select(body => TypeOf(body.Body)).CountBy(type => type).ToDictionary();
        Directory.CreateDirectory(folder);
        await WriteAsync(
            "tsconfig.json",
            """
            {
              "compilerOptions": {
                "strict": true, "noEmit": true, "skipLibCheck": true, "target": "es2022", "module": "nodenext", "types": ["node"]
              }
            }
            """
        );
        await WriteAsync("served.ts", Source(bodies.Select(body => (body.Source, TypeOf(body.Body), body.Body))));
        await WriteAsync(
            "spoilt.ts",
            Source(Spoils.Select(spoil => (spoil.Key, "Stripe.PaymentIntent", Spoilt(bodies, spoil.Value))))
        );
        await CompileAsync();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task CompileAsync()
    {
        var (_, output) = await Repository.NodeAsync(
            "",
            Path.Combine("node_modules", "typescript", "bin", "tsc"),
            "-p",
            folder,
            "--pretty",
            "false"
        );
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Problems =
        [
            .. lines.Where(line => !line.Contains("spoilt.ts(", StringComparison.Ordinal) && !line.StartsWith(' ')),
        ];
        var spoilt = Spoils.Keys.ToList();
        foreach (var match in lines.Select(line => SpoiltLine().Match(line)).Where(match => match.Success))
        {
            RefusedSpoils.Add(
                spoilt[int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) - 2]
            );
        }
    }

    private static JsonObject Spoilt(IEnumerable<(string Source, JsonObject Body)> bodies, Action<JsonObject> spoil)
    {
        var failed = bodies.First(body =>
            (string?)body.Body["object"] == "payment_intent" && body.Body["last_payment_error"] is not null
        );
        var intent = failed.Body.DeepClone().AsObject();
        spoil(intent);
        return intent;
    }

    /// <summary>One body a line, so that a line number names the body.</summary>
    private static string Source(IEnumerable<(string Source, string Type, JsonObject Body)> bodies) =>
        string.Join(
            '\n',
            bodies
                .Select(
                    (body, number) =>
                        $"export const x{number}: {body.Type} = {body.Body.ToJsonString()}; // {body.Source}"
                )
                .Prepend(
                    "import Stripe from 'stripe'; type RawError = NonNullable<ConstructorParameters<typeof "
                        + "Stripe.errors.StripeError>[0]>;"
                )
        );

    private static string TypeOf(JsonObject body) =>
        (string?)body["object"] switch
        {
            null => "{ error: RawError }",
            "list" => $"Stripe.ApiList<{Types[((string)body["url"]!).Split('/')[^1].TrimEnd('s')]}>",
            var kind => Types[kind],
        };

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder, name), text);

    [GeneratedRegex(@"spoilt\.ts\((\d+),")]
    private static partial Regex SpoiltLine();
}
