using System;
using CrossAudit.Server.Platform.Search;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossAudit.Server.Platform.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class AuditIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_audit_events_organization_id_action_created_at",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_organization_id_actor_user_id_created_at",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_organization_id_created_at_id",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_organization_id_resource_id_created_at",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_organization_id_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_unsealed",
                table: "audit_events");

            migrationBuilder.AddColumn<long>(
                name: "indexed_to",
                table: "audit_trees",
                type: "bigint",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "audit_blocks",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    block = table.Column<long>(type: "bigint", nullable: false),
                    first_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    counts = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_blocks", x => new { x.organization_id, x.block });
                });

            migrationBuilder.CreateTable(
                name: "audit_terms",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    term = table.Column<string>(type: "text", nullable: false),
                    block = table.Column<long>(type: "bigint", nullable: false),
                    numbers = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_terms", x => new { x.organization_id, x.term, x.block });
                });

            migrationBuilder.CreateTable(
                name: "trail_erasures",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    email = table.Column<string>(type: "text", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    erased_events = table.Column<long>(type: "bigint", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    completed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trail_erasures", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "trail_retentions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    preset = table.Column<string>(type: "text", nullable: false),
                    days = table.Column<int>(type: "integer", nullable: true),
                    legal_hold = table.Column<bool>(type: "boolean", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_trail_retentions", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_organization_id_actor_user_id_created_at",
                table: "audit_events",
                columns: new[] { "organization_id", "actor_user_id", "created_at" },
                filter: "sequence IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_organization_id_sequence",
                table: "audit_events",
                columns: new[] { "organization_id", "sequence" },
                unique: true,
                filter: "sequence IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_unsealed",
                table: "audit_events",
                column: "created_at",
                filter: "sequence IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_trail_erasures_due_at",
                table: "trail_erasures",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_trail_erasures_organization_id_created_at_id",
                table: "trail_erasures",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_trail_retentions_due_at",
                table: "trail_retentions",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_trail_retentions_organization_id",
                table: "trail_retentions",
                column: "organization_id",
                unique: true);

            migrationBuilder.Sql(SearchIndexSql.PostgresTermsStorage);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_blocks");

            migrationBuilder.DropTable(
                name: "audit_terms");

            migrationBuilder.DropTable(
                name: "trail_erasures");

            migrationBuilder.DropTable(
                name: "trail_retentions");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_organization_id_actor_user_id_created_at",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_organization_id_sequence",
                table: "audit_events");

            migrationBuilder.DropIndex(
                name: "ix_audit_events_unsealed",
                table: "audit_events");

            migrationBuilder.DropColumn(
                name: "indexed_to",
                table: "audit_trees");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_organization_id_action_created_at",
                table: "audit_events",
                columns: new[] { "organization_id", "action", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_organization_id_actor_user_id_created_at",
                table: "audit_events",
                columns: new[] { "organization_id", "actor_user_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_organization_id_created_at_id",
                table: "audit_events",
                columns: new[] { "organization_id", "created_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_organization_id_resource_id_created_at",
                table: "audit_events",
                columns: new[] { "organization_id", "resource_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_organization_id_sequence",
                table: "audit_events",
                columns: new[] { "organization_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_unsealed",
                table: "audit_events",
                columns: new[] { "organization_id", "created_at", "id" },
                filter: "sequence IS NULL");
        }
    }
}
