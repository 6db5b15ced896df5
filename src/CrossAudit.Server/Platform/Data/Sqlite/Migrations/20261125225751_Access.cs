using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossAudit.Server.Platform.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Access : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "department_id",
                table: "documents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "department_id",
                table: "chat_threads",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "access_versions",
                columns: table => new
                {
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_versions", x => x.organization_id);
                });

            migrationBuilder.CreateTable(
                name: "departments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    display_name = table.Column<string>(type: "TEXT", nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    parent_department_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    default_role_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_departments", x => x.id);
                    table.UniqueConstraint("ak_departments_organization_id_id", x => new { x.organization_id, x.id });
                    table.ForeignKey(
                        name: "fk_departments_departments_organization_id_parent_department_id",
                        columns: x => new { x.organization_id, x.parent_department_id },
                        principalTable: "departments",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "permissions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_permissions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "roles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    display_name = table.Column<string>(type: "TEXT", nullable: false),
                    description = table.Column<string>(type: "TEXT", nullable: true),
                    parent_role_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    is_active = table.Column<bool>(type: "INTEGER", nullable: false),
                    max_sensitivity = table.Column<int>(type: "INTEGER", nullable: false),
                    permissions = table.Column<string>(type: "TEXT", nullable: false),
                    denied_permissions = table.Column<string>(type: "TEXT", nullable: false),
                    template = table.Column<string>(type: "TEXT", nullable: true),
                    template_version = table.Column<int>(type: "INTEGER", nullable: true),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    updated_at = table.Column<long>(type: "INTEGER", nullable: false),
                    revision = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_roles", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "department_members",
                columns: table => new
                {
                    department_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    added_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_department_members", x => new { x.department_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_department_members_departments_organization_id_department_id",
                        columns: x => new { x.organization_id, x.department_id },
                        principalTable: "departments",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "role_grants",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    organization_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    user_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    role_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    department_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true),
                    granted_by = table.Column<Guid>(type: "TEXT", nullable: false),
                    granted_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_role_grants", x => x.id);
                    table.ForeignKey(
                        name: "fk_role_grants_departments_organization_id_department_id",
                        columns: x => new { x.organization_id, x.department_id },
                        principalTable: "departments",
                        principalColumns: new[] { "organization_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_documents_organization_id_department_id",
                table: "documents",
                columns: new[] { "organization_id", "department_id" });

            migrationBuilder.CreateIndex(
                name: "ix_chat_threads_organization_id_department_id",
                table: "chat_threads",
                columns: new[] { "organization_id", "department_id" });

            migrationBuilder.CreateIndex(
                name: "ix_department_members_organization_id_department_id",
                table: "department_members",
                columns: new[] { "organization_id", "department_id" });

            migrationBuilder.CreateIndex(
                name: "ix_department_members_organization_id_user_id",
                table: "department_members",
                columns: new[] { "organization_id", "user_id" });

            migrationBuilder.CreateIndex(
                name: "ix_departments_organization_id_name",
                table: "departments",
                columns: new[] { "organization_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_departments_organization_id_parent_department_id",
                table: "departments",
                columns: new[] { "organization_id", "parent_department_id" });

            migrationBuilder.CreateIndex(
                name: "ix_permissions_organization_id_name",
                table: "permissions",
                columns: new[] { "organization_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_role_grants_organization_id_department_id",
                table: "role_grants",
                columns: new[] { "organization_id", "department_id" });

            migrationBuilder.CreateIndex(
                name: "ix_role_grants_organization_id_user_id_role_id_department_id",
                table: "role_grants",
                columns: new[] { "organization_id", "user_id", "role_id", "department_id" },
                unique: true,
                filter: "department_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_role_grants_organization_wide",
                table: "role_grants",
                columns: new[] { "organization_id", "user_id", "role_id" },
                unique: true,
                filter: "department_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_roles_organization_id_name",
                table: "roles",
                columns: new[] { "organization_id", "name" },
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_chat_threads_departments_organization_id_department_id",
                table: "chat_threads",
                columns: new[] { "organization_id", "department_id" },
                principalTable: "departments",
                principalColumns: new[] { "organization_id", "id" },
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_documents_departments_organization_id_department_id",
                table: "documents",
                columns: new[] { "organization_id", "department_id" },
                principalTable: "departments",
                principalColumns: new[] { "organization_id", "id" },
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_chat_threads_departments_organization_id_department_id",
                table: "chat_threads");

            migrationBuilder.DropForeignKey(
                name: "fk_documents_departments_organization_id_department_id",
                table: "documents");

            migrationBuilder.DropTable(
                name: "access_versions");

            migrationBuilder.DropTable(
                name: "department_members");

            migrationBuilder.DropTable(
                name: "permissions");

            migrationBuilder.DropTable(
                name: "role_grants");

            migrationBuilder.DropTable(
                name: "roles");

            migrationBuilder.DropTable(
                name: "departments");

            migrationBuilder.DropIndex(
                name: "ix_documents_organization_id_department_id",
                table: "documents");

            migrationBuilder.DropIndex(
                name: "ix_chat_threads_organization_id_department_id",
                table: "chat_threads");

            migrationBuilder.DropColumn(
                name: "department_id",
                table: "documents");

            migrationBuilder.DropColumn(
                name: "department_id",
                table: "chat_threads");
        }
    }
}
