using System;
using CrossAudit.Server.Platform.Search;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossAudit.Server.Platform.Data.Sqlite.Migrations
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
                name: "ix_audit_events_organization_id_created_at_id",
                table: "audit_events");

            migrationBuilder.AddColumn<long>(
                name: "indexed_to",
                table: "audit_trees",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.CreateTable(
                name: "audit_blocks",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    block = table.Column<long>(type: "INTEGER", nullable: false),
                    first_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false),
                    counts = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_blocks", x => new { x.organization_id, x.block });
                });

            migrationBuilder.Sql(SearchIndexSql.SqliteTermsTable);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "audit_blocks");

            migrationBuilder.DropTable(
                name: "audit_terms");

            migrationBuilder.DropColumn(
                name: "indexed_to",
                table: "audit_trees");

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_organization_id_action_created_at",
                table: "audit_events",
                columns: new[] { "organization_id", "action", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_events_organization_id_created_at_id",
                table: "audit_events",
                columns: new[] { "organization_id", "created_at", "id" });
        }
    }
}
