-- 云HIS hsa-his: mysql
SELECT `id`, `hosp_code`, `status_code`, `insure_no`, `cert_no`, `name`, `gender_code`, `birthday`, `insure_code`, `in_time`, `out_time`, `out_mode_code`, `in_dept_id`, `in_dept_name`, `in_ward_id`, `bed_name`, `zz_doctor_id`, `zz_doctor_name`, `in_profile`, `in_no`, `out_disease_icd10`, `out_disease_name` FROM `inpt_visit` WHERE `id` = ? ORDER BY `id`;
SELECT `id`, `hosp_code`, `status_code`, `total_num`, `reality_price`, `visit_id`, `item_id`, `cost_time`, `crte_time`, `exec_time`, `old_cost_id`, `iat_id`, `item_code`, `item_name`, `spec`, `total_num_unit_code`, `dept_id`, `doctor_id`, `doctor_name`, `use_code`, `baby_id`, `price` FROM `inpt_cost` WHERE `visit_id` = ? ORDER BY `id`;
SELECT `id`, `hosp_code`, `disease_id`, `type_code`, `visit_id`, `is_main`, `custom_disease` FROM `inpt_diagnose` WHERE `visit_id` = ? ORDER BY `id`;
SELECT `id`, `hosp_code`, `status_code`, `visit_id`, `oper_disease_icd9`, `oper_disease_name`, `oper_end_time`, `oper_plan_time` FROM `oper_info_record` WHERE `visit_id` = ? ORDER BY `id`;
SELECT `id`, `hosp_code`, `status_code`, `visit_id`, `reality_price` FROM `inpt_settle` WHERE `visit_id` = ?;
SELECT `id`, `hosp_code`, `code` FROM `base_drug` WHERE `id` IN (SELECT `item_id` FROM `inpt_cost` WHERE `visit_id` = ?);
SELECT `id`, `hosp_code`, `code` FROM `base_material` WHERE `id` IN (SELECT `item_id` FROM `inpt_cost` WHERE `visit_id` = ?);
SELECT `id`, `hosp_code`, `code` FROM `base_item` WHERE `id` IN (SELECT `item_id` FROM `inpt_cost` WHERE `visit_id` = ?);
SELECT `id`, `hosp_code`, `code`, `name` FROM `base_disease` WHERE `id` IN (SELECT `disease_id` FROM `inpt_diagnose` WHERE `visit_id` = ?);
SELECT `id`, `hosp_code`, `is_valid`, `audit_code`, `insure_reg_code`, `hosp_item_code`, `hosp_item_name`, `insure_item_code`, `insure_item_name`, `take_date`, `lose_date` FROM `insure_item_match` ORDER BY `id`;
