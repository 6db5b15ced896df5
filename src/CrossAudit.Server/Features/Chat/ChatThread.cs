using System.Linq.Expressions;
using System.Text.Json.Nodes;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Documents;
using CrossAudit.Server.Core.Permissions;
using CrossAudit.Server.Platform.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CrossAudit.Server.Features.Chat;

/// <summary>A conversation. A private one exists for its participants alone.</summary>
internal sealed class ChatThread : IDepartmental, ISoftDeleted, IRevised, ITimeOrdered
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }

    /// <summary>The department it belongs to; null for the organization at large.</summary>
    public Guid? DepartmentId { get; set; }

    public required string Name { get; set; }
    public string? Description { get; set; }
    public required bool IsPrivate { get; set; }
    public required Guid CreatedBy { get; init; }
    public JsonObject Metadata { get; set; } = [];

    /// <summary>The label up to which content belongs in it; null where it has none.</summary>
    public SensitivityLevel? SensitivityLevel { get; set; }

    /// <summary>The two whose conversation it is, see <see cref="DirectKeyOf"/>; null for any other thread.</summary>
    public string? DirectKey { get; set; }

    public DateTimeOffset? ArchivedAt { get; set; }

    /// <summary>Messages up to this number are no more: their retention was over.</summary>
    public long RemovedTo { get; set; }

    /// <summary>The sequence number given last. Counted up by the database, under the row's lock: so numbers have neither gaps nor repeats.</summary>
    public long LastSequence { get; init; }

    public DateTimeOffset? LastMessageAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? DeletedAt { get; set; }
    public int Revision { get; set; }

    public List<ThreadParticipant> Participants { get; } = [];
    public List<ReadMark> ReadMarks { get; } = [];

    /// <summary>The same for both, whoever asks: a unique index then keeps two of them from opening two threads at once.</summary>
    public static string DirectKeyOf(Guid one, Guid other) => one.CompareTo(other) < 0 ? $"{one}:{other}" : $"{other}:{one}";

    /// <summary>How a thread is shown to one reader.</summary>
    public static Expression<Func<ChatThread, ThreadView>> ToView(Guid reader) => t => new ThreadView
    {
        Id = t.Id,
        OrganizationId = t.OrganizationId,
        DepartmentId = t.DepartmentId,
        Name = t.Name,
        Description = t.Description,
        CreatedBy = t.CreatedBy,
        IsPrivate = t.IsPrivate,
        IsDirect = t.DirectKey != null,
        SensitivityLevel = t.SensitivityLevel,
        ArchivedAt = t.ArchivedAt,
        Participants = t.Participants.OrderBy(p => p.JoinedAt).ThenBy(p => p.UserId).Select(p => p.UserId).ToList(),
        Metadata = t.Metadata,
        MessageCount = (int)(t.LastSequence - t.RemovedTo),
        UnreadCount = (int)(t.LastSequence - Math.Max(t.RemovedTo, t.ReadMarks.Where(m => m.UserId == reader).Select(m => m.SequenceNumber).FirstOrDefault())),
        LastMessageAt = t.LastMessageAt,
        CreatedAt = t.CreatedAt,
        UpdatedAt = t.UpdatedAt,
    };
}

/// <summary>Someone who takes part in a thread.</summary>
internal sealed class ThreadParticipant
{
    public required Guid ThreadId { get; init; }
    public required Guid UserId { get; init; }
    public required DateTimeOffset JoinedAt { get; init; }
}

/// <summary>How far someone has read.</summary>
internal sealed class ReadMark
{
    public required Guid ThreadId { get; init; }
    public required Guid UserId { get; init; }
    public required long SequenceNumber { get; set; }
}

internal sealed class ChatThreadMapping : IEntityTypeConfiguration<ChatThread>, IEntityTypeConfiguration<ThreadParticipant>, IEntityTypeConfiguration<ReadMark>, IScopedMapping
{
    public void Configure(EntityTypeBuilder<ChatThread> thread)
    {
        thread.ToTable("chat_threads");
        thread.HasIndex(t => new { t.OrganizationId, t.CreatedAt, t.Id });
        thread.HasIndex(t => new { t.OrganizationId, t.DirectKey }).IsUnique();
        thread.HasMany(t => t.Participants).WithOne().HasForeignKey(p => p.ThreadId);
        thread.HasOne<Department>().WithMany().HasForeignKey(t => new { t.OrganizationId, t.DepartmentId }).HasPrincipalKey(d => new { d.OrganizationId, d.Id }).OnDelete(DeleteBehavior.Restrict);
        thread.HasMany(t => t.ReadMarks).WithOne().HasForeignKey(m => m.ThreadId);
    }

    public void Configure(EntityTypeBuilder<ThreadParticipant> participant) => participant.ToTable("chat_participants").HasKey(p => new { p.ThreadId, p.UserId });

    public void Configure(EntityTypeBuilder<ReadMark> mark) => mark.ToTable("chat_read_marks").HasKey(m => new { m.ThreadId, m.UserId });

    public void Scope(ModelBuilder model, AppDbContext db) => model.Entity<ChatThread>()
        .HasQueryFilter(Filters.Participants, t => !t.IsPrivate || t.Participants.Any(p => p.UserId == db.UserId))
        .HasQueryFilter(Filters.Reach, ReachFilter.Of<ChatThread>(() => db.ThreadReach, t => t.DepartmentId, _ => SensitivityLevel.Public));
}
