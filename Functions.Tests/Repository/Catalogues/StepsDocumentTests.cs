using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Autopay.Rehearsal.Steps;

namespace Autopay.Tests.Repository.Catalogues;

/// <summary>A step of a timeline is a record; the table of steps is written from the records.</summary>
public sealed class StepsDocumentTests
{
    [Fact]
    public void The_page_of_the_rehearsal_has_every_step_and_its_fields() =>
        WrittenFile.HasPart("docs/rehearsal.md", "steps", Table(), GetType());

    private static string Table() =>
        "| `do` | needs | may have |\n|---|---|---|\n"
        + string.Concat(
            from type in typeof(TimelineStep).Assembly.GetTypes()
            where type.IsSubclassOf(typeof(TimelineStep)) && !type.IsAbstract
            orderby StepKinds.NameOf(type), type.Name
            let fields = type.GetProperties()
                .Where(field => field.CanWrite && field.DeclaringType != typeof(TimelineStep))
                .ToList()
            select $"| `{StepKinds.NameOf(type)}` | {Names(fields.Where(IsNeeded))} "
                + $"| {Names(fields.Where(field => !IsNeeded(field)))} |\n"
        );

    private static bool IsNeeded(PropertyInfo field) => field.IsDefined(typeof(RequiredMemberAttribute));

    private static string Names(IEnumerable<PropertyInfo> fields) =>
        string.Join(", ", fields.Select(field => $"`{JsonNamingPolicy.CamelCase.ConvertName(field.Name)}`").Order());
}
