using System.Text.Json;
using System.Text.Json.Serialization;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Files;
using Autopay.Application.Ports.Messages;

namespace Autopay.Storage;

/// <summary>
/// The stored JSON: source-generated, nulls left out, enums by name so that a row can be read by a person. A field that
/// this version does not know refuses the row: written again, it would be lost.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow
)]
[JsonSerializable(typeof(AccountLedger))]
[JsonSerializable(typeof(IReadOnlyList<Receipt>))]
[JsonSerializable(typeof(IReadOnlyList<WorkItem>))]
[JsonSerializable(typeof(IReadOnlyList<PendingNotice>))]
[JsonSerializable(typeof(IReadOnlyList<CycleSum>))]
[JsonSerializable(typeof(WorkSums))]
[JsonSerializable(typeof(Debit))]
[JsonSerializable(typeof(Bill))]
[JsonSerializable(typeof(Funds))]
[JsonSerializable(typeof(Controls))]
[JsonSerializable(typeof(ControlChange))]
[JsonSerializable(typeof(ImportRecord))]
[JsonSerializable(typeof(SuspensePayment))]
[JsonSerializable(typeof(WaitingRow))]
[JsonSerializable(typeof(ControlTotal))]
[JsonSerializable(typeof(CertificateDocument))]
[JsonSerializable(typeof(IntentClaim))]
[JsonSerializable(typeof(EvaluateMessage))]
[JsonSerializable(typeof(ProviderEventMessage))]
[JsonSerializable(typeof(ImportMessage))]
[JsonSerializable(typeof(RunMessage))]
[JsonSerializable(typeof(NoticeMessage))]
[JsonSerializable(typeof(ReleasePlan))]
[JsonSerializable(typeof(IReadOnlyList<PlanLine>))]
[JsonSerializable(typeof(PlanSketch))]
internal sealed partial class LedgerJson : JsonSerializerContext;
