using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Autopay.Application.Telemetry;
using Autopay.Tests.Repository.Infra;
using Autopay.Tests.Repository.Wholesome;

namespace Autopay.Tests.Repository.Catalogues;

/// <summary>Metrics are declared once, alerts are their rules; what shows them is written from there.</summary>
public sealed class TelemetryDocumentTests
{
    private static readonly JsonSerializerOptions Plain = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void The_page_has_every_metric() =>
        WrittenFile.HasPart("docs/telemetry.md", "metrics", MetricTable(), GetType());

    [Fact]
    public void The_list_of_a_deployment_has_every_metric() =>
        WrittenFile.Is("infra/metrics.json", MetricList(), GetType());

    [Fact]
    public void The_README_of_infra_has_every_alert() =>
        WrittenFile.HasPart("infra/README.md", "alerts", AlertTable(), GetType());

    [Fact]
    public void The_README_of_infra_has_every_severity_and_who_is_told() =>
        WrittenFile.HasPart("infra/README.md", "severities", SeverityTable(), GetType());

    [Fact]
    public void Names_of_metrics_are_told_apart() =>
        Assert.Equal(
            MetricCatalogue.All().Count,
            MetricCatalogue.All().Select(metric => metric.Name).Distinct(StringComparer.Ordinal).Count()
        );

    [Fact]
    public void The_architecture_leads_to_the_page() =>
        Assert.Contains("(telemetry.md)", SourceTree.Read("docs/architecture.md"), StringComparison.Ordinal);

    private static string MetricTable()
    {
        var table = new StringBuilder("| metric | unit | tags | what it says |\n|---|---|---|---|\n");
        foreach (var metric in MetricCatalogue.All())
        {
            table
                .Append("| ")
                .AppendJoin(" | ", $"`{metric.Name}`", metric.Unit.Trim('{', '}'), string.Join(", ", metric.Tags))
                .Append(" | ")
                .Append(metric.Description)
                .Append(AsItHappens(metric.Kind))
                .Append(" |\n");
        }

        return table.ToString();
    }

    private static string AsItHappens(MetricKind kind) =>
        kind switch
        {
            MetricKind.BooksGauge => "",
            MetricKind.Gauge => " (by every instance, always)",
            _ => " (as it happens)",
        };

    private static string MetricList() =>
        "{\n"
        + string.Join(
            ",\n",
            MetricCatalogue
                .All()
                .Select(metric =>
                    $"  \"{metric.Name}\": "
                    + JsonSerializer.Serialize(
                        new
                        {
                            meaning = metric.Description,
                            unit = metric.Unit,
                            tags = metric.Tags,
                        },
                        Plain
                    )
                )
        )
        + "\n}\n";

    private static string AlertTable()
    {
        var table = new StringBuilder(
            "| alert | fires when | value above | looks back | runbook | severity |\n|---|---|---|---|---|---|\n"
        );
        foreach (var alert in Deployment.Json("alerts.json").EnumerateArray())
        {
            Row(table, alert);
        }

        foreach (var alert in Deployment.PlatformAlerts)
        {
            PlatformRow(table, alert);
        }

        // Key Vault's own events raise it; it has no query.
        return table
            .Append("| `secret-expiry` | Key Vault says so, 30 days before and on the day | | |")
            .Append(" [secret-rotation](../docs/operating.md#secret-rotation) | 2 |\n")
            .ToString();
    }

    private static string SeverityTable()
    {
        var table = new StringBuilder("| severity | means | who is told | acts within |\n|---|---|---|---|\n");
        foreach (var severity in Deployment.Json("severities.json").EnumerateArray())
        {
            table
                .Append("| ")
                .AppendJoin(
                    " | ",
                    severity.GetProperty("severity").GetInt32(),
                    severity.GetProperty("means").GetString(),
                    $"`receivers.{severity.GetProperty("receivers").GetString()}`",
                    severity.GetProperty("within").GetString()
                )
                .Append(" |\n");
        }

        return table.ToString();
    }

    private static void PlatformRow(StringBuilder table, JsonElement alert)
    {
        var runbook = alert.GetProperty("runbook").GetString();
        var isMetric = alert.TryGetProperty("threshold", out var threshold);
        table
            .Append("| ")
            .AppendJoin(
                " | ",
                $"`{alert.GetProperty("name").GetString()}`",
                alert.GetProperty("title").GetString(),
                isMetric ? threshold.ToString() : "",
                isMetric ? $"{alert.GetProperty("windowMinutes").GetInt32()} min" : "",
                $"[{runbook}](../docs/operating.md#{runbook})",
                alert.GetProperty("severity").GetInt32()
            )
            .Append(" |\n");
    }

    private static void Row(StringBuilder table, JsonElement alert)
    {
        var runbook = alert.GetProperty("runbook").GetString();
        table
            .Append("| ")
            .AppendJoin(
                " | ",
                $"`{alert.GetProperty("name").GetString()}`",
                alert.GetProperty("title").GetString(),
                alert.GetProperty("threshold"),
                $"{alert.GetProperty("windowMinutes").GetInt32()} min",
                $"[{runbook}](../docs/operating.md#{runbook})",
                alert.GetProperty("severity").GetInt32()
            )
            .Append(" |\n");
    }
}
